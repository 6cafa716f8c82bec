import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll } from "vitest";
import { httpDeps } from "../../src/compose/httpDeps.ts";
import { composeIntendant, type Intendant } from "../../src/compose/intendant.ts";
import { readConfig } from "../../src/config.ts";
import type { Action } from "../../src/domain/intent.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import { buildApp } from "../../src/http/app.ts";

/** The whole of Intendant behind its HTTP door: chain, database, shipped model. */
export type Door = {
  readonly intendant: Intendant;
  readonly app: FastifyInstance;
  /** Account whose key the server has. */
  readonly owner: `0x${string}`;
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Posts an intent and waits until it has settled. */
  submit(body: Record<string, unknown>): Promise<IntentRecord>;
  /** A typed intent, planned. */
  plan(actions: readonly Action[], more?: Record<string, unknown>): Promise<IntentRecord>;
  /** Consents to what the record shows and waits for the end. */
  approve(record: IntentRecord, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
};

export const WAIT = { prefer: "wait=100" } as const;

/** Starts it once for a test file. `settings` win over the environment. */
export function withDoor(settings: Readonly<Record<string, string>> = {}): () => Door {
  let door: Door | undefined;
  beforeAll(async () => {
    const config = readConfig({ INTENDANT_THREADS: "1", ...settings }, {});
    const intendant = await composeIntendant(config, () => undefined);
    door = await open(intendant);
  });
  afterAll(async () => {
    await door?.app.close();
    await door?.intendant.close();
  });
  return () => {
    if (door === undefined) throw new Error("withDoor: use the door inside a test");
    return door;
  };
}

async function open(intendant: Intendant): Promise<Door> {
  const app = await buildApp(httpDeps(intendant, { log: false }));
  const { account } = intendant;
  if (account === undefined) throw new Error("the local chain gave no account");
  const post = (url: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.inject({
      method: "POST",
      url,
      headers,
      ...(body === undefined ? {} : { payload: body as NonNullable<InjectOptions["payload"]> }),
    });
  const submit = async (body: Record<string, unknown>): Promise<IntentRecord> => {
    const answer = await post("/v1/intents", body, WAIT);
    if (answer.statusCode !== 200) throw new Error(`submit: ${answer.statusCode} ${answer.body}`);
    return answer.json<IntentRecord>();
  };
  return {
    intendant,
    app,
    owner: account,
    get: (url) => app.inject({ method: "GET", url }),
    post,
    submit,
    plan: (actions, more = {}) => submit({ intent: { actions }, ...more }),
    approve: ({ id, plan, verdict }, headers = {}) =>
      post(
        `/v1/intents/${id}/approve`,
        { planHash: plan?.id, acknowledged: verdict?.findings.map(({ code }) => code) ?? [] },
        { ...WAIT, ...headers },
      ),
  };
}

/** "swap 100 usdc for dai", typed. */
export function swap(sell: string, buy: string, value: string): Action {
  return { type: "swap", sell, buy, amount: { unit: "token", value }, side: "sell" };
}

/** "lend 25 usdc", typed. */
export function supply(asset: string, value: string, protocol = "aave-v3"): Action {
  return { type: "supply", asset, amount: { unit: "token", value }, protocol };
}
