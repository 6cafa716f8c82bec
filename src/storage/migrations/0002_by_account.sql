create index intents_by_account on intents (account, created_at desc);
