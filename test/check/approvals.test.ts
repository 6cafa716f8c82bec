import { type Abi, type Address, getAddress, maxUint256, parseAbi } from "viem";
import { beforeAll, describe, expect, test } from "vitest";
import { actAs } from "../../src/devnet/index.ts";
import type { ApprovalsAudit, PermissionHeld } from "../../src/domain/check.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import { withDoor } from "../http/door.ts";
import { putCode } from "./checkOn.ts";

const door = withDoor();
/** A contract that nobody knows, and a bare account. */
const STRANGER: Address = "0x00000000000000000000000000000000005eca11";
const FRIEND: Address = "0x00000000000000000000000000000000000a11ce";
const ABI: Abi = parseAbi([
  "function approve(address spender, uint256 amount)",
  "function setApprovalForAll(address operator, bool approved)",
]);
const PERMIT2: Abi = parseAbi(["function approve(address token, address spender, uint160 amount, uint48 expiration)"]);
const FAR = 4_000_000_000;

let at: Record<"usdc" | "dai" | "weth" | "positions" | "router" | "permit2", Address>;
const act = async (to: Address, abi: Abi, fn: string, ...args: readonly unknown[]) =>
  await actAs((await door().intendant.chain.reader()).client, door().owner, { to, abi, fn, args });

beforeAll(async () => {
  const { chain } = door().intendant;
  const reader = await chain.reader();
  await putCode(reader, STRANGER, "0x00");
  const token = (symbol: string) => reader.tokens.bySymbol(symbol)?.address ?? expect.fail(symbol);
  const devnet = chain.devnet ?? expect.fail("the local chain is not ours");
  at = {
    usdc: token("USDC"),
    dai: token("DAI"),
    weth: token("WETH"),
    positions: devnet.deployment.uniswapV3.positionManager,
    router: reader.addresses.uniswapV2?.router ?? expect.fail("no router"),
    permit2: reader.addresses.permit2 ?? expect.fail("no Permit2"),
  };
});

const audit = async () => (await door().get(`/v1/approvals/${door().owner}`)).json<ApprovalsAudit>();
const show = ({ kind, asset, spender, unlimited, findings }: PermissionHeld) =>
  `${kind} ${asset} ${spender.slice(-4).toLowerCase()} ${unlimited ? "all" : "some"}: ${findings.map(({ code, severity }) => `${severity} ${code.split(".")[1]}`).join(", ")}`;

describe("approvals of an account", () => {
  test("default: nothing is given, nothing is found", async () => {
    expect(await audit()).toMatchObject({ verdict: "allow", held: [], findings: [], unchecked: [] });
  });

  test("behavior: allowances, operators and Permit2, worst first, each with what takes it back; and it does", async () => {
    await act(at.usdc, ABI, "approve", STRANGER, maxUint256);
    await act(at.dai, ABI, "approve", at.router, 5n);
    await act(at.weth, ABI, "approve", FRIEND, 7n);
    await act(at.usdc, ABI, "approve", at.permit2, maxUint256);
    await act(at.permit2, PERMIT2, "approve", at.usdc, FRIEND, 9n, FAR);
    await act(at.permit2, PERMIT2, "approve", at.dai, FRIEND, 9n, 1);
    await act(at.positions, ABI, "setApprovalForAll", STRANGER, true);
    const found = await audit();
    expect([found.verdict, found.unchecked]).toEqual(["block", []]);
    expect(found.held.map(show).sort()).toEqual([
      `allowance DAI ${at.router.slice(-4).toLowerCase()} some: `,
      `allowance USDC ${at.permit2.slice(-4).toLowerCase()} all: warn unlimited`,
      "allowance USDC ca11 all: warn unknown-spender, danger unlimited",
      "allowance WETH 11ce some: danger spender-is-account",
      `operator ${getAddress(at.positions)} ca11 all: danger unknown-spender`,
      "permit2 USDC 11ce some: danger spender-is-account, warn long-lived",
    ]);
    expect(found.held.at(-1)?.findings).toEqual([]);

    // Those of listed tokens go through the graph; the rest by the calls that the audit gives.
    const planned = await door().submit({ intent: found.revokeIntent, mode: "auto" });
    expect([planned.state, planned.verdict?.findings.filter(({ severity }) => severity !== "info")]).toEqual([
      "awaiting_approval",
      [],
    ]);
    expect((await door().approve(planned)).json<IntentRecord>().state).toBe("confirmed");
    const rest = (await audit()).held.filter(({ kind }) => kind !== "allowance");
    expect(rest).toHaveLength(2);
    const calls = rest.map(({ revoke }) => revoke);
    const checked = await door().post("/v1/check", { account: door().owner, calls });
    expect(checked.json()).toMatchObject({ verdict: "allow", findings: [] });
    const { client } = await door().intendant.chain.reader();
    for (const { to, data } of calls) {
      const params = [{ from: door().owner, to, data }] as never;
      const hash = await client.request({ method: "eth_sendTransaction" as never, params });
      expect((await client.waitForTransactionReceipt({ hash, pollingInterval: 10 })).status).toBe("success");
    }
    expect((await audit()).held.map(show)).toEqual([`allowance DAI ${at.router.slice(-4).toLowerCase()} some: `]);
  });

  test("behavior: one revoke in words of the intent language, by a protocol's name; nothing to take back is said", async () => {
    const revoke = (asset: string, spender: string) =>
      door().plan([{ type: "revoke", asset, spender }], { mode: "auto" });
    const planned = await revoke("DAI", "uniswap");
    expect(planned.preview?.summary).toMatch(/^Take back the allowance of DAI to Uniswap v2 Router02/);
    expect((await door().approve(planned)).json<IntentRecord>().state).toBe("confirmed");
    expect((await audit()).held).toEqual([]);
    expect((await revoke("DAI", "uniswap")).error?.code).toBe("amount_zero");
    expect((await revoke("DAI", "nobody")).error?.code).toBe("recipient_unresolved");
    expect((await revoke("ETH", "uniswap")).error?.code).toBe("unsupported_action");
  });

  test("behavior: an account that runs foreign code is said", async () => {
    const reader = await door().intendant.chain.reader();
    await putCode(reader, FRIEND, `0xef0100${STRANGER.slice(2)}`);
    const found = (await door().get(`/v1/approvals/${FRIEND}`)).json<ApprovalsAudit>();
    expect([found.verdict, found.findings.map(({ code }) => code)]).toEqual(["block", ["check.account-delegated"]]);
  });
});
