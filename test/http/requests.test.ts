import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import type { CheckResult } from "../../src/domain/check.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import type { TokenScan } from "../../src/domain/tokenRisk.ts";
import type { ProblemDetails } from "../../src/http/errors.ts";
import type { Portfolio } from "../../src/reads/readPortfolio.ts";
import type { Yields } from "../../src/reads/readYields.ts";
import { supply, WAIT, withDoor } from "./door.ts";

const door = withDoor();
const JSON_TYPE = { "content-type": "application/json" };
const OWNER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

test("default: alive and ready", async () => {
  expect((await door().get("/healthz")).json()).toEqual({ ok: true });
  const ready = await door().get("/readyz");
  expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true, chain: true, database: true, model: true }]);
});

test.each([
  ["not JSON", "{", 400, "validation_failed"],
  ["no way to say what is wanted", "{}", 400, "validation_failed"],
  ["two ways at once", '{"text":"swap","intent":{"actions":[]}}', 400, "validation_failed"],
  ["an unknown field", '{"text":"swap 1 eth for usdc","slippage":5}', 400, "validation_failed"],
  ["an unknown mode", '{"text":"swap 1 eth for usdc","mode":"yolo"}', 400, "validation_failed"],
  ["no action", '{"intent":{"actions":[]}}', 400, "validation_failed"],
  [
    "an amount that is a number",
    '{"intent":{"actions":[{"type":"supply","asset":"USDC","amount":{"unit":"token","value":5}}]}}',
    400,
    "validation_failed",
  ],
  [
    "a wrong checksum",
    `{"text":"swap 1 eth for usdc","account":"${OWNER.replace("f39F", "F39F")}"}`,
    400,
    "validation_failed",
  ],
  ["the assistant's turn last", '{"messages":[{"role":"assistant","content":"hi"}]}', 400, "validation_failed"],
  ["a flood", `{"text":"${"a".repeat(1_100_000)}"}`, 413, "payload_too_large"],
])("error: %s", async (_, body, status, code) => {
  const answer = await door().post("/v1/intents", body, JSON_TYPE);
  expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([status, code]);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(answer.json()).toEqual({
    type: "about:blank",
    title: expect.any(String),
    status,
    detail: expect.any(String),
    code,
    retryable: false,
    facts: expect.any(Array),
  });
});

test("error: a problem names the field to change", async () => {
  const answer = await door().post("/v1/intents", { text: "swap 1 eth for usdc", account: "0x12" });
  expect(answer.json<ProblemDetails>().detail).toContain("body.account");
});

test("error: addresses, methods and types that are not served", async () => {
  const cases = [
    [await door().get("/v1/nothing"), 404, "not_found"],
    [await door().get("/v1/intents/nope"), 404, "not_found"],
    [await door().get("/v1/intents/nope/events"), 404, "not_found"],
    [await door().app.inject({ method: "DELETE", url: "/v1/intents" }), 405, "method_not_allowed"],
    [await door().app.inject({ method: "PUT", url: "/v1/intents/abc/approve" }), 405, "method_not_allowed"],
    [await door().post("/v1/intents", "<a/>", { "content-type": "text/xml" }), 415, "unsupported_media_type"],
    [await door().get(`/v1/portfolio/${OWNER.replace("f39F", "F39F")}`), 400, "validation_failed"],
    [await door().get("/v1/usage?limit=0"), 400, "validation_failed"],
  ] as const;
  for (const [answer, status, code] of cases)
    expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([status, code]);
  expect(cases[3][0].headers.allow).toContain("POST");
});

test("error: ForbiddenOriginError keeps other sites' pages out", async () => {
  const foreign = await door()
    .get("/healthz")
    .then(() => door().app.inject({ method: "GET", url: "/v1/tokens", headers: { host: "evil.example" } }));
  const page = await door().post("/v1/intents", { text: "x" }, { origin: "https://evil.example" });
  for (const answer of [foreign, page])
    expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([403, "forbidden_origin"]);
});

test("behavior: the same key and body get the same answer, another body 422", async () => {
  const headers = { ...WAIT, "idempotency-key": "one" };
  const body = { intent: { actions: [supply("USDC", "2")] } };
  const first = await door().post("/v1/intents", body, headers);
  const again = await door().post("/v1/intents", body, headers);
  expect(again.statusCode).toBe(first.statusCode);
  expect(again.json()).toEqual(first.json());
  const other = await door().post("/v1/intents", { intent: { actions: [supply("USDC", "3")] } }, headers);
  expect([other.statusCode, other.json<ProblemDetails>().code]).toEqual([422, "idempotency_key_reused"]);
  const approvals = [1, 2].map(() => door().approve(first.json<IntentRecord>(), { "idempotency-key": "yes" }));
  const states = (await Promise.all(approvals)).map((answer) => answer.statusCode).sort();
  expect(states).toEqual([200, 409]);
  const replay = await door().approve(first.json<IntentRecord>(), { "idempotency-key": "yes" });
  expect([replay.statusCode, replay.json<IntentRecord>().state]).toEqual([200, "confirmed"]);
});

test("behavior: at once under one key, one intent", async () => {
  const headers = { ...WAIT, "idempotency-key": "together" };
  const body = { intent: { actions: [supply("USDC", "1.5")] }, thread: "together" };
  const answers = await Promise.all([1, 2, 3].map(() => door().post("/v1/intents", body, headers)));
  const statuses = answers.map(({ statusCode }) => statusCode).sort();
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
  for (const answer of answers.filter(({ statusCode }) => statusCode !== 200))
    expect(answer.json<ProblemDetails>()).toMatchObject({ code: "idempotency_in_flight", retryable: true });
  const { intents } = (await door().get("/v1/intents?thread=together")).json<{ intents: IntentRecord[] }>();
  expect(intents).toHaveLength(1);
});

test("behavior: events are replayed, resumed after the last one seen, and the stream ends with the intent", async () => {
  const address = new URL(await door().app.listen({ port: 0, host: "127.0.0.1" }));
  const planned = await door().plan([supply("USDC", "8")]);
  const url = new URL(`/v1/intents/${planned.id}/events`, address);
  const live = await open(url);
  await live.until("awaiting_approval");
  await door().approve(planned);
  const all = await live.ended();
  expect(all.map(({ event }) => event)).toEqual(
    expect.arrayContaining(["planned", "simulated", "awaiting_approval", "submitted", "confirmed"]),
  );
  expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
  const resumed = await (await open(url, "2")).ended();
  expect(resumed).toEqual(all.slice(2));
  const nothing = await (await open(url, String(all.length))).ended();
  expect(nothing).toEqual([]);
});

type Sse = { readonly id: number; readonly event: string; readonly data: unknown };

async function open(url: URL, lastEventId?: string) {
  const asked = httpRequest(url, { headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId } });
  asked.end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  expect(answer.headers["content-type"]).toBe("text/event-stream");
  let text = "";
  const over = once(answer, "end");
  answer.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return {
    until: async (event: string) => {
      while (!text.includes(`event: ${event}\n`)) await once(answer, "data");
    },
    ended: async () => {
      await over;
      return parse(text);
    },
  };
}

function parse(text: string): readonly Sse[] {
  return [...text.matchAll(/id: (\d+)\nevent: (\w+)\ndata: (.+)\n\n/g)].map(([, id, event, data]) => ({
    id: Number(id),
    event: event ?? "",
    data: JSON.parse(data ?? "null"),
  }));
}

test("behavior: portfolio, yields and tokens are strings of base units at one block", async () => {
  const portfolio = (await door().get(`/v1/portfolio/${OWNER}`)).json<Portfolio>();
  const usdc = portfolio.balances.find(({ symbol }) => symbol === "USDC");
  expect(usdc?.amount).toMatch(/^\d{9,}$/);
  expect(portfolio.positions.flatMap(({ supplied }) => supplied.map(({ symbol }) => symbol))).toContain("USDC");
  const yields = (await door().get("/v1/yields?asset=USDC")).json<Yields>();
  expect(yields.markets.length).toBeGreaterThan(1);
  expect(new Set(yields.markets.map(({ symbol }) => symbol))).toEqual(new Set(["USDC"]));
  const rates = yields.markets.map(({ supplyApy }) => Number.parseFloat(supplyApy));
  expect(rates).toEqual([...rates].sort((a, b) => b - a));
  const { tokens } = (await door().get("/v1/tokens")).json<{ tokens: { symbol: string }[] }>();
  expect(tokens.map(({ symbol }) => symbol)).toEqual(expect.arrayContaining(["ETH", "WETH", "USDC", "USDT", "WBTC"]));
});

test("behavior: the risk of a token, listed or not there at all", async () => {
  const risk = async (address: string) => (await door().get(`/v1/tokens/${address}/risk`)).json<TokenScan>();
  const { tokens } = (await door().get("/v1/tokens")).json<{ tokens: { symbol: string; address: string }[] }>();
  const dai = tokens.find(({ symbol }) => symbol === "DAI")?.address ?? "";
  const scanned = await risk(dai);
  expect(scanned).toMatchObject({ token: dai, chainId: 31337, unchecked: [] });
  expect(scanned.verdict).not.toBe("block");
  expect(await risk("0x00000000000000000000000000000000000a11ce")).toMatchObject({ verdict: "unknown", findings: [] });
  expect((await door().get("/v1/tokens/0x12/risk")).statusCode).toBe(400);
});

test("behavior: a check of calls and of a signature", async () => {
  const check = (body: object) => door().post("/v1/check", body);
  const calls = [{ to: "0x000000000000000000000000000000000000dead", value: "1" }];
  const burnt = await check({ account: OWNER, calls });
  expect([burnt.statusCode, burnt.json<CheckResult>().verdict]).toEqual([200, "block"]);
  expect(burnt.json<CheckResult>().findings).toMatchObject([{ code: "check.burn-address", severity: "block" }]);
  expect(burnt.json<CheckResult>().preview?.balanceChanges).toMatchObject([{ symbol: "ETH", delta: "-1" }]);
  expect((await check({ account: OWNER, calls, chainId: 1 })).json<ProblemDetails>().code).toBe("chain_not_served");
});

test.each([
  ["nothing to check", {}, "body: send typedData, or calls and authorizations"],
  ["half a byte", { calls: [{ to: OWNER, data: "0x123" }] }, "body.calls.0.data: 0x and an even number of hex digits"],
  ["no whole number", { calls: [{ to: OWNER, value: "1e18" }] }, "body.calls.0.value: a whole number"],
  ["an unknown field", { calls: [{ to: OWNER, gas: "1" }] }, "body.calls.0"],
])("error: a check of %s says what to change", async (_, body, says) => {
  const answer = await door().post("/v1/check", { account: OWNER, ...body });
  expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([400, "validation_failed"]);
  expect(answer.json<ProblemDetails>().detail).toContain(says);
});

test("error: a check of a body that is nested without end, of bytes, of more than a mebibyte", async () => {
  const deep = `{"account":"${OWNER}","typedData":{"types":{},"primaryType":"A","domain":{},"message":{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}}}`;
  const raw = (payload: string, type: string) =>
    door().app.inject({ method: "POST", url: "/v1/check", headers: { "content-type": type }, payload });
  expect((await raw(deep, "application/json")).statusCode).toBe(400);
  expect((await raw("\u0000\u0001", "application/octet-stream")).statusCode).toBe(415);
  expect((await raw(`"${"a".repeat(1_100_000)}"`, "application/json")).statusCode).toBe(413);
});

test("error: more checks than fit are refused at once, with a time to come back", async () => {
  const asked = { account: OWNER, calls: [{ to: OWNER, value: "1" }] };
  const answers = await Promise.all(Array.from({ length: 40 }, () => door().post("/v1/check", asked)));
  const refused = answers.filter(({ statusCode }) => statusCode === 503);
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(20);
  expect(refused).toHaveLength(20);
  expect([refused[0]?.json<ProblemDetails>().code, refused[0]?.headers["retry-after"]]).toEqual(["overloaded", "5"]);
});

test("behavior: every inference leaves a usage record", async () => {
  const usage = async () => (await door().get("/v1/usage")).json<{ records: IntentRecord["usage"] }>().records;
  const before = await usage();
  const typed = await door().plan([supply("USDC", "1")]);
  expect(typed.usage).toEqual([]);
  expect(await usage()).toHaveLength(before.length);
  const said = await door().submit({ text: "swap 10 usdc for dai" });
  const after = await usage();
  const added = after.slice(0, after.length - before.length);
  // Two readers, each with its own record.
  expect(added).toHaveLength(2);
  for (const record of added) {
    expect(record).toMatchObject({
      intentId: said.id,
      modelSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      device: "cpu",
      gpuLayers: 0,
    });
    expect(record.promptTokens).toBeGreaterThan(0);
    expect(record.completionTokens).toBeGreaterThan(0);
  }
  expect(new Set(added.map(({ modelSha256 }) => modelSha256)).size).toBe(2);
  expect(said.usage).toEqual(expect.arrayContaining(added));
});

type Operation = {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }
    >
  >;
};

test("behavior: OpenAPI 3.1 names every route with its parameters, body and answers", async () => {
  const document = (await door().get("/openapi.json")).json<{
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
  }>();
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths).sort()).toEqual(
    [
      "/healthz",
      "/readyz",
      "/v1/approvals/{address}",
      "/v1/check",
      "/v1/intents",
      "/v1/intents/{id}",
      "/v1/intents/{id}/answers",
      "/v1/intents/{id}/approve",
      "/v1/intents/{id}/calls",
      "/v1/intents/{id}/cancel",
      "/v1/intents/{id}/events",
      "/v1/portfolio/{address}",
      "/v1/tokens",
      "/v1/tokens/{address}/risk",
      "/v1/usage",
      "/v1/yields",
    ].sort(),
  );
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) checkOperation(`${method} ${path}`, path, operation);
  expect(JSON.stringify(document)).not.toContain("$bigint");
});

function checkOperation(name: string, path: string, { parameters = [], responses }: Operation): void {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
  expect(
    parameters.filter((one) => one.in === "path").map((one) => one.name),
    name,
  ).toEqual(inPath);
  for (const [status, { description, content = {} }] of Object.entries(responses)) {
    expect(description, `${name} ${status}`).not.toBe("");
    const types = Object.entries(content);
    expect(types.length, `${name} ${status} has a schema`).toBeGreaterThan(0);
    for (const [type, { schema }] of types) expect(schema, `${name} ${status} ${type}`).toEqual(expect.any(Object));
    if (Number(status) >= 400 && !path.endsWith("z"))
      expect(types[0]?.[0], `${name} ${status}`).toBe("application/problem+json");
  }
}

test("behavior: when the chain dies it is not ready, and says which error it is", async () => {
  await door().intendant.chain.close();
  const ready = await door().get("/readyz");
  expect([ready.statusCode, ready.json()]).toEqual([503, { ready: false, chain: false, database: true, model: true }]);
  expect((await door().get("/healthz")).statusCode).toBe(200);
  const portfolio = await door().get(`/v1/portfolio/${OWNER}`);
  expect(portfolio.statusCode).toBe(503);
  expect(portfolio.json<ProblemDetails>()).toMatchObject({ code: "rpc_unavailable", retryable: true });
  const record = await door().plan([supply("USDC", "1")]);
  expect([record.state, record.error?.code, record.error?.retry]).toEqual(["failed", "rpc_unavailable", "same"]);
});
