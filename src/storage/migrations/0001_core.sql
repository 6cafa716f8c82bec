create table intents (
  id          text primary key,
  state       text not null,
  account     text not null,
  chain_id    integer not null,
  mode        text not null,
  thread      text,
  record      jsonb not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create index intents_by_state on intents (state, created_at desc);
create index intents_by_thread on intents (thread, created_at desc);

create table intent_events (
  intent_id   text not null references intents (id),
  seq         integer not null,
  at          timestamptz not null default now(),
  type        text not null,
  data        jsonb not null,
  primary key (intent_id, seq)
);

create table executions (
  plan_id     text primary key,
  intent_id   text,
  owner       text not null,
  chain_id    integer not null,
  state       text not null,
  plan        jsonb not null,
  simulation  jsonb not null,
  reason      text,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create index executions_open on executions (state) where state in ('reserved', 'sending');

create table receipts (
  plan_id     text not null references executions (plan_id),
  call_index  integer not null,
  receipt     jsonb not null,
  primary key (plan_id, call_index)
);

-- Spend caps: reserved before the first broadcast, settled or released afterwards.
create table reservations (
  plan_id     text primary key references executions (plan_id),
  owner       text not null,
  chain_id    integer not null,
  day         date not null,
  usd_e8      numeric(40, 0) not null,
  state       text not null
);
create index reservations_by_day on reservations (owner, chain_id, day);

create table usage_records (
  id          text primary key,
  at          timestamptz not null,
  intent_id   text,
  record      jsonb not null
);
create index usage_by_time on usage_records (at desc, id);

create table idempotency (
  key         text not null,
  route       text not null,
  body_hash   text not null,
  status      integer,
  response    jsonb,
  created_at  timestamptz not null default now(),
  primary key (key, route)
);
