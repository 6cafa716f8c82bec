import { parseEther, parseUnits } from "viem";
import { describe, expect, test } from "vitest";
import { readBalances } from "../../src/chain/balances.ts";
import { toJson } from "../../src/domain/json.ts";
import type { Simulation } from "../../src/domain/simulation.ts";
import { simulateV1 } from "../../src/simulator/backends/simulateV1.ts";
import { stateOverride } from "../../src/simulator/backends/stateOverride.ts";
import { BackendUnsupportedError } from "../../src/simulator/backends/unsupported.ts";
import { SimulationBlockMismatchError, SimulationUnavailableError } from "../../src/simulator/errors.ts";
import { simulate } from "../../src/simulator/simulate.ts";
import type { Backend } from "../../src/simulator/types.ts";
import { withDevnet } from "../setup/devnet.ts";
import { callsOn, handPlan } from "./handPlan.ts";

const chain = withDevnet();
const usdc = (text: string) => parseUnits(text, 6);

/** What both backends must agree on: everything but gas, events and their own name. */
function comparable({ backend: _, gasUsed: __, oddities: ___, ...rest }: Simulation) {
  const calls = rest.calls.map(({ gasUsed: _gas, ...call }) => call);
  return toJson({ ...rest, calls });
}

function changeOf(changes: Simulation["balanceChanges"], symbol: string): bigint {
  return changes.filter((change) => change.token.symbol === symbol).reduce((sum, change) => sum + change.delta, 0n);
}

async function approveAndSupply(amount = usdc("1000")) {
  const reader = await chain().reader();
  const on = callsOn(chain());
  const token = chain().token("USDC").address;
  const plan = handPlan(reader, chain().owner.address, [on.approve(token, on.pool, amount), on.supply(token, amount)]);
  return { reader, plan, on, token };
}

async function swapAndSupply(options: { readonly max?: bigint; readonly quoted?: bigint } = {}) {
  const reader = await chain().reader();
  const on = callsOn(chain());
  const token = chain().token("USDC").address;
  const quoted = options.quoted ?? usdc("2900");
  const bound = { at: 36, from: [0], asset: token, min: usdc("2000"), max: options.max ?? usdc("4000") } as const;
  const plan = handPlan(reader, chain().owner.address, [
    on.swapEth(token, parseEther("1"), reader.timestamp + 1200n),
    { ...on.approve(token, on.pool, quoted), bindings: [bound] },
    { ...on.supply(token, quoted), bindings: [bound] },
  ]);
  return { reader, plan, on, token };
}

describe("simulate", () => {
  test("default: approve then supply as one sequence, position token found by its events", async () => {
    const { reader, plan } = await approveAndSupply();
    const simulation = await simulate({ reader, plan });
    expect(simulation.backend).toBe("eth_simulateV1");
    expect(simulation.calls.map((call) => call.status)).toEqual(["success", "success"]);
    expect(simulation.ok).toBe(true);
    expect(simulation.timestamp).toBe(reader.timestamp + 12n);
    expect(changeOf(simulation.balanceChanges, "USDC")).toBe(-usdc("1000"));
    expect(changeOf(simulation.balanceChanges, "ETH")).toBe(0n);
    // The aToken is in no registry: named "?", seen by its Transfer event, measured by its balance.
    const position = simulation.balanceChanges.filter((change) => change.token.symbol === "?");
    expect(position.map((change) => change.delta)).toEqual([usdc("1000")]);
    expect(simulation.gasUsed).toBeGreaterThan(100_000n);
    expect(simulation.oddities).toEqual([]);
  });

  test("behavior: allowances before and after, taken up by the later call", async () => {
    const { reader, plan, on } = await approveAndSupply();
    const { allowances } = await simulate({ reader, plan });
    expect(allowances.filter((entry) => entry.spender === on.pool)).toMatchObject([{ before: 0n, after: 0n }]);
    const onlyApprove = handPlan(reader, chain().owner.address, plan.calls.slice(0, 1));
    const left = await simulate({ reader, plan: onlyApprove });
    expect(left.allowances).toMatchObject([{ before: 0n, after: usdc("1000"), token: { symbol: "USDC" } }]);
  });

  test("behavior: nothing of it reaches the chain", async () => {
    const { reader, plan, token } = await approveAndSupply();
    await simulate({ reader, plan });
    const after = await chain().reader();
    expect(after.block).toBe(reader.block);
    const held = await readBalances(after, chain().owner.address, [chain().token("USDC")]);
    expect(held[0]?.token.address).toBe(token);
  });

  test("behavior: a late-bound amount is what the earlier call really gave", async () => {
    const { reader, plan } = await swapAndSupply();
    const simulation = await simulate({ reader, plan });
    expect(simulation.ok).toBe(true);
    const [swap, , supply] = simulation.calls;
    const received = changeOf(swap?.changes ?? [], "USDC");
    expect(received).toBeGreaterThan(usdc("2000"));
    expect(received).not.toBe(usdc("2900"));
    expect(changeOf(supply?.changes ?? [], "USDC")).toBe(-received);
    expect(changeOf(simulation.balanceChanges, "USDC")).toBe(0n);
    expect(changeOf(simulation.balanceChanges, "ETH")).toBe(-parseEther("1"));
    expect(supply?.data).toContain(received.toString(16));
  });

  test("behavior: a quote too high to execute does not mislead, the realised amount is simulated", async () => {
    const { reader, plan } = await swapAndSupply({ quoted: usdc("900000") });
    expect((await simulate({ reader, plan })).ok).toBe(true);
  });

  test("behavior: an amount outside its bounds stops the sequence there", async () => {
    const { reader, plan } = await swapAndSupply({ max: usdc("2001") });
    const simulation = await simulate({ reader, plan });
    expect(simulation.ok).toBe(false);
    expect(simulation.calls.map((call) => call.status)).toEqual(["success", "reverted", "not-reached"]);
    expect(simulation.calls[1]?.revert?.name).toBe("BindingOutOfBounds");
  });

  test("behavior: a revert is a result that names the call and the reason; later calls are not reached", async () => {
    const { reader, on, token } = await approveAndSupply();
    const { address } = chain().owner;
    const plan = handPlan(reader, address, [
      on.approve(token, on.pool, usdc("5")),
      on.supply(token, usdc("1000000000")),
      on.approve(token, on.router, 7n),
    ]);
    const simulation = await simulate({ reader, plan });
    expect(simulation.ok).toBe(false);
    expect(simulation.calls.map((call) => call.status)).toEqual(["success", "reverted", "not-reached"]);
    expect(simulation.calls[1]?.revert).toMatchObject({
      name: expect.stringMatching(/SUPPLY_CAP|Insufficient|exceeds/),
    });
    expect(simulation.balanceChanges).toEqual([]);
    expect(simulation.allowances.find((entry) => entry.spender === on.router)?.after).toBe(0n);
  });

  test("behavior: a call the owner cannot pay is that call's failure, whatever the node makes of it", async () => {
    const { reader, on, token } = await approveAndSupply();
    const deadline = reader.timestamp + 1200n;
    const plan = handPlan(reader, chain().owner.address, [
      on.approve(token, on.pool, 1n),
      on.swapEth(token, parseEther("123456789"), deadline),
    ]);
    const simulation = await simulate({ reader, plan });
    expect(simulation.calls.map((call) => call.status)).toEqual(["success", "reverted"]);
  });

  test("behavior: health factor before and after, of a loan that exists", async () => {
    const reader = await chain().reader();
    const on = callsOn(chain());
    const token = chain().token("USDC").address;
    const { address } = chain().borrower;
    const plan = handPlan(reader, address, [{ ...on.approve(token, on.pool, usdc("1")) }]);
    const [loan] = (await simulate({ reader, plan })).positions.filter((entry) => entry.protocol === "aave-v3");
    expect(loan?.before.healthFactorWad).toBeGreaterThan(parseEther("1"));
    expect(loan?.after.healthFactorWad).toBe(loan?.before.healthFactorWad);
    expect(loan?.before.ltvBps).toBeGreaterThan(0);
  });

  test("behavior: a new loan has a health factor afterwards and none before", async () => {
    const { reader, on, token, plan } = await approveAndSupply(usdc("10000"));
    const dai = chain().token("DAI").address;
    const longer = handPlan(reader, chain().owner.address, [...plan.calls, on.borrow(dai, parseEther("3000"))]);
    const simulation = await simulate({ reader, plan: longer });
    expect(simulation.calls.map((call) => call.revert)).toEqual([undefined, undefined, undefined]);
    const [loan] = simulation.positions.filter((entry) => entry.protocol === "aave-v3");
    expect(loan?.before.healthFactorWad).toBeUndefined();
    expect(loan?.after.healthFactorWad).toBeGreaterThan(parseEther("1"));
    expect(changeOf(simulation.balanceChanges, "DAI")).toBe(parseEther("3000"));
    expect(token).toBe(chain().token("USDC").address);
  });

  test("behavior: executed balance changes equal the simulated ones to the unit", async () => {
    const { reader, plan } = await swapAndSupply();
    const simulation = await simulate({ reader, plan });
    const before = await readBalances(reader, chain().owner.address, [chain().token("USDC")]);
    for (const call of simulation.calls.keys()) {
      const { to } = plan.calls[call] ?? {};
      const { data, value } = simulation.calls[call] ?? {};
      if (!to || !data || value === undefined) throw new Error("incomplete simulation");
      expect((await chain().send({ to, data, value })).status).toBe("success");
    }
    const after = await readBalances(await chain().reader(), chain().owner.address, [chain().token("USDC")]);
    expect((after[0]?.amount ?? 0n) - (before[0]?.amount ?? 0n)).toBe(changeOf(simulation.balanceChanges, "USDC"));
  });

  test("error: SimulationBlockMismatchError when the reader stands at another block", async () => {
    const { reader, plan } = await approveAndSupply();
    const later = { ...reader, block: reader.block + 1n };
    await expect(simulate({ reader: later, plan })).rejects.toThrow(SimulationBlockMismatchError);
  });

  test("error: SimulationUnavailableError when the node knows no backend, and when it answers the wrong number", async () => {
    const { reader, plan } = await approveAndSupply();
    const none: Backend = {
      id: "eth_simulateV1",
      run: () => Promise.reject(new BackendUnsupportedError("The node has no such method.")),
    };
    await expect(simulate({ reader, plan, backends: [none] })).rejects.toThrow(SimulationUnavailableError);
    const short: Backend = { id: "eth_simulateV1", run: async (it) => (await simulateV1.run(it)).slice(1) };
    await expect(simulate({ reader, plan, backends: [short] })).rejects.toThrow(SimulationUnavailableError);
  });
});

describe("nodes that cannot", () => {
  /** The reader with a node that answers some methods differently. */
  const readerWith = async (answers: Readonly<Record<string, () => unknown>>) => {
    const reader = await chain().reader();
    const real = reader.client.request as (args: unknown) => Promise<unknown>;
    const request = (async (args: { method: string }) => {
      const answer = answers[args.method];
      return answer ? answer() : real(args);
    }) as typeof reader.client.request;
    return { ...reader, client: { ...reader.client, request } };
  };
  const missing = () => {
    throw Object.assign(new Error("Method not found"), { code: -32601 });
  };

  test("behavior: no eth_simulateV1, the state override serves", async () => {
    const { plan } = await approveAndSupply();
    const reader = await readerWith({ eth_simulateV1: missing });
    expect(await simulate({ reader, plan })).toMatchObject({ backend: "state-override", ok: true });
  });

  test("error: SimulationUnavailableError, overrides ignored as well: never an empty success", async () => {
    const { plan } = await approveAndSupply();
    const reader = await readerWith({ eth_simulateV1: missing, eth_call: () => "0x" });
    const failure = simulate({ reader, plan, probes: [] });
    await expect(failure).rejects.toThrow(SimulationUnavailableError);
    await expect(failure).rejects.toMatchObject({
      retry: "never",
      facts: expect.arrayContaining([expect.stringContaining("state-override")]),
    });
  });

  test("error: SimulationUnavailableError, a node that falls silent does not switch backends", async () => {
    const { plan } = await approveAndSupply();
    const silent = () => {
      throw new Error("socket hang up");
    };
    const reader = await readerWith({ eth_simulateV1: silent });
    await expect(simulate({ reader, plan })).rejects.toMatchObject({ code: "simulation_unavailable", retry: "same" });
  });
});

describe("backends", () => {
  test("behavior: both give the same simulation, for plans that succeed, bind, borrow and fail", async () => {
    const { reader, on, token, plan } = await approveAndSupply(usdc("10000"));
    const owner = chain().owner.address;
    const atoken = (await simulate({ reader, plan })).balanceChanges.find(
      (change) => change.token.symbol === "?",
    )?.token;
    if (!atoken) throw new Error("no position token");
    const knownTokens = [{ ...atoken, symbol: "aUSDC", decimals: 6 }];
    const plans = [
      plan,
      (await swapAndSupply()).plan,
      (await swapAndSupply({ max: usdc("2001") })).plan,
      handPlan(reader, owner, [...plan.calls, on.borrow(chain().token("WETH").address, parseEther("0.5"))]),
      handPlan(reader, owner, [on.supply(token, usdc("10"))]),
      handPlan(reader, owner, [{ to: chain().borrower.address, data: "0x", value: parseEther("2") }]),
    ];
    for (const each of plans) {
      const options = { reader, plan: each, knownTokens };
      const first = await simulate({ ...options, backends: [simulateV1] });
      const second = await simulate({ ...options, backends: [stateOverride] });
      expect(second.backend).toBe("state-override");
      const unseen = new Set(second.balanceChanges.map((change) => change.token.address));
      // A debt token is known by events alone: the blind backend is told of the rest.
      const told = [
        ...knownTokens,
        ...first.balanceChanges.filter((change) => !unseen.has(change.token.address)).map((c) => c.token),
      ];
      const again = await simulate({ reader, plan: each, knownTokens: told, backends: [stateOverride] });
      const v1 = await simulate({ reader, plan: each, knownTokens: told, backends: [simulateV1] });
      expect(comparable(again)).toEqual(comparable(v1));
    }
  });

  test("behavior: gas of the two backends stands within a fifth of each other", async () => {
    const { reader, plan } = await approveAndSupply();
    const [a, b] = await Promise.all([
      simulate({ reader, plan, backends: [simulateV1] }),
      simulate({ reader, plan, backends: [stateOverride] }),
    ]);
    const ratio = Number(a.gasUsed) / Number(b.gasUsed);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  });
});
