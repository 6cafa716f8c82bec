import {
  type Address,
  createWalletClient,
  erc20Abi,
  formatEther,
  formatUnits,
  http,
  maxUint256,
  parseAbi,
  parseEther,
  parseUnits,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, test } from "vitest";
import { artifact } from "../../src/devnet/build/artifact.ts";
import { request } from "../../src/devnet/build/builder.ts";
import { actAs } from "../../src/devnet/index.ts";
import { judgePermissions, type PermissionFacts } from "../../src/permissions/judgePermissions.ts";
import { judgeTypedData } from "../../src/permissions/judgeTypedData.ts";
import { withDevnet } from "../setup/devnet.ts";
import { judgeOn } from "../simulator/judgeOn.ts";

/** Payments and signatures that somebody else prepared. Every scene says what was lost, or would have been. */
const chainOf = withDevnet();
const FRIEND: Address = "0x5ae1cb7e0000111122223333444455556666de77";
/** The same first and last four digits. */
const TWIN: Address = "0x5ae1000099998888777766665555444433ddde77";
const send = (asset: string, value: string, to: Address) => [
  { type: "transfer", asset, amount: { unit: "token", value }, to },
];
const codes = ({ verdict }: Awaited<ReturnType<typeof judgeOn>>) => verdict.findings.map(({ code }) => code);
const attacker = () => chainOf().devnet.accounts[9]?.address as Address;
const wallet = (index: number) => {
  const { client, devnet } = chainOf();
  const account = privateKeyToAccount(devnet.accounts[index]?.privateKey as Address);
  return createWalletClient({ account, chain: client.chain, transport: http(devnet.rpcUrl) });
};
const mined = async (hash: Address) => await chainOf().client.waitForTransactionReceipt({ hash, pollingInterval: 10 });
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** A token that nobody lists logs whatever its maker wants. */
async function counterfeit(): Promise<Address> {
  const { abi, bytecode } = artifact("DevToken");
  const hash = await wallet(9).deployContract({ abi, bytecode, args: ["USD Coin", "USDC", 6] });
  return (await mined(hash)).contractAddress as Address;
}

async function pay(to: Address, value: string): Promise<void> {
  const usdc = chainOf().token("USDC").address;
  await actAs(chainOf().client, chainOf().owner.address, {
    to: usdc,
    abi: erc20Abi,
    fn: "transfer",
    args: [to, parseUnits(value, 6)],
  });
}

describe("address poisoning", () => {
  test("default: a look-alike of somebody paid before, after dust, zero-value and counterfeit transfers: blocked", async () => {
    const { client, owner, token } = chainOf();
    const usdc = token("USDC").address;
    await pay(FRIEND, "100");
    const fake = await counterfeit();
    const mint = parseAbi(["function mint(address to, uint256 amount)"]);
    await actAs(client, attacker(), { to: fake, abi: mint, fn: "mint", args: [TWIN, 10n ** 12n] });
    await actAs(client, TWIN, { to: fake, abi: erc20Abi, fn: "transfer", args: [owner.address, 100_000_000n] });
    // Nothing moves, and the log says that the owner paid: anybody may do that to anybody.
    const nothing = { to: usdc, abi: erc20Abi, fn: "transferFrom", args: [owner.address, TWIN, 0n] };
    await actAs(client, attacker(), nothing);
    const pools = chainOf().devnet.deployment.uniswapV3.pools;
    const pool = pools.find(({ token0, token1 }) => [token0, token1].includes(usdc))?.address as Address;
    await actAs(client, pool, { to: usdc, abi: erc20Abi, fn: "transfer", args: [TWIN, 1n] });
    await actAs(client, TWIN, { to: usdc, abi: erc20Abi, fn: "transfer", args: [owner.address, 1n] });
    const judged = await judgeOn(chainOf(), send("USDC", "500", TWIN));
    expect(codes(judged)).toContain("recipient-safe.look-alike");
    expect(codes(judged)).toContain("recipient-safe.bait");
    expect(judged.verdict.decision).toBe("deny");
    say("look-alike after dust: lost 0 of 500 USDC");
    const honest = await judgeOn(chainOf(), send("USDC", "120", FRIEND));
    expect([honest.verdict.decision, codes(honest)]).toEqual(["allow", []]);
  });

  test("behavior: somebody who only ever sent nothing is no acquaintance", async () => {
    const { client, owner, token } = chainOf();
    const stranger: Address = "0x7777777777777777777777777777777777777777";
    const args = [owner.address, stranger, 0n];
    await actAs(client, attacker(), { to: token("USDC").address, abi: erc20Abi, fn: "transferFrom", args });
    const judged = await judgeOn(chainOf(), send("USDC", "5", stranger));
    expect([judged.verdict.decision, codes(judged)]).toEqual(["ask", ["recipient-safe.bait"]]);
  });
});

describe("what stands at the recipient", () => {
  test("behavior: a token on no list, and a pair, which is a token too: blocked", async () => {
    const pair = chainOf().devnet.deployment.uniswapV2.pairs[0]?.address as Address;
    for (const to of [await counterfeit(), pair])
      expect(codes(await judgeOn(chainOf(), send("USDC", "5", to)))).toContain("recipient-safe.token-contract");
  });

  test("behavior: a contract that is neither token nor account asks", async () => {
    const hash = await wallet(9).deployContract({ ...artifact("SaleRule"), args: [] });
    const to = (await mined(hash)).contractAddress as Address;
    const judged = await judgeOn(chainOf(), send("USDC", "5", to));
    expect([judged.verdict.decision, codes(judged)]).toEqual([
      "ask",
      ["recipient-safe.contract", "recipient-safe.new"],
    ]);
  });

  test("default: an account whose key signed an EIP-7702 delegation for chain 0 to a sweeper: denied; a payment is swept", async () => {
    const { client, send: sendCall } = chainOf();
    const victim = wallet(8);
    await request(client, "anvil_setBalance", [victim.account.address, "0x0"]);
    const sweeper = (await mined(await wallet(9).deployContract({ abi: [], bytecode: sweeperCode(attacker()) })))
      .contractAddress;
    const authorization = await victim.signAuthorization({
      contractAddress: sweeper as Address,
      chainId: 0,
      nonce: await client.getTransactionCount({ address: victim.account.address }),
    });
    await mined(await wallet(9).sendTransaction({ to: attacker(), authorizationList: [authorization] }));
    const to = victim.account.address;
    expect(await client.getCode({ address: to })).toBe(`0xef0100${sweeper?.slice(2).toLowerCase()}`);
    const judged = await judgeOn(chainOf(), send("ETH", "0.2", to));
    expect(codes(judged)).toContain("recipient-safe.delegated");
    expect(judged.verdict.decision).toBe("deny");
    const before = await client.getBalance({ address: attacker() });
    await sendCall({ to, data: "0x", value: parseEther("0.2") });
    const swept = (await client.getBalance({ address: attacker() })) - before;
    say(`swept recipient: lost 0 of 0.2 ETH; a payment without the guard: ${formatEther(swept)} ETH swept`);
    expect(swept).toBe(parseEther("0.2"));
  });
});

/** Creation code of a contract that sends everything it holds to one account whenever it is called. */
function sweeperCode(to: Address): Address {
  // PUSH1 0 ×4, SELFBALANCE, PUSH20 to, GAS, CALL, STOP: 34 bytes.
  const runtime = `600060006000600047${`73${to.slice(2)}`}5af100`;
  const size = (runtime.length / 2).toString(16).padStart(2, "0");
  return `0x60${size}600c60003960${size}6000f3${runtime}`;
}

describe("signatures", () => {
  const facts = (): PermissionFacts => ({
    owner: chainOf().owner.address,
    chainId: 31_337,
    nowSeconds: BigInt(Math.floor(Date.now() / 1_000)),
    standing: () => "key",
    known: () => undefined,
    flagged: () => undefined,
  });

  test("default: a permit for everything to a stranger: blocked; signed, it costs everything", async () => {
    const { client, owner, token } = chainOf();
    const usdc = token("USDC");
    const domain = { name: usdc.name, version: "1", chainId: 31_337, verifyingContract: usdc.address } as const;
    const types = {
      Permit: [
        { name: "owner", type: "address" },
        { name: "spender", type: "address" },
        { name: "value", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    } as const;
    const message = { owner: owner.address, spender: attacker(), value: maxUint256, nonce: 0n, deadline: maxUint256 };
    const shown = { domain, types, primaryType: "Permit", message };
    const findings = judgeTypedData(
      JSON.parse(JSON.stringify(shown, (_, value) => (typeof value === "bigint" ? value.toString() : value))),
      {
        ...facts(),
        standing: (address) => (address === usdc.address ? "contract" : "key"),
      },
    );
    expect(findings.some(({ severity }) => severity === "block" || severity === "danger")).toBe(true);
    const held = await client.readContract({
      address: usdc.address,
      abi: erc20Abi,
      functionName: "balanceOf",
      args: [owner.address],
    });
    const signature = await wallet(0).signTypedData({ domain, types, primaryType: "Permit", message });
    const [r, s, v] = [
      signature.slice(0, 66),
      `0x${signature.slice(66, 130)}`,
      Number.parseInt(signature.slice(130), 16),
    ];
    const permit = parseAbi([
      "function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)",
    ]);
    const args = [owner.address, attacker(), maxUint256, maxUint256, v, r, s];
    await actAs(client, attacker(), { to: usdc.address, abi: permit, fn: "permit", args });
    const take = { to: usdc.address, abi: erc20Abi, fn: "transferFrom", args: [owner.address, attacker(), held] };
    await actAs(client, attacker(), take);
    const left = await client.readContract({
      address: usdc.address,
      abi: erc20Abi,
      functionName: "balanceOf",
      args: [owner.address],
    });
    say(
      `permit for everything: lost 0; signed without the guard: ${formatUnits(held - left, 6)} of ${formatUnits(held, 6)} USDC`,
    );
    expect([left, held > 0n]).toEqual([0n, true]);
  });

  test("default: an EIP-7702 authorisation for chain id 0 is blocked: it holds on every chain", () => {
    const delegation = { type: "delegation", chainId: 0n, delegate: attacker() } as const;
    const findings = judgePermissions([delegation], facts());
    expect(findings.map(({ code }) => code)).toContain("permission.delegation-everywhere");
    expect(findings.some(({ severity }) => severity === "block")).toBe(true);
  });
});

describe("amounts", () => {
  test("default: ten times the usual asks, with both numbers; as usual does not", async () => {
    for (const value of ["90", "100", "110"]) await pay(FRIEND, value);
    const judged = await judgeOn(chainOf(), send("USDC", "1000", FRIEND));
    const finding = judged.verdict.findings.find(({ code }) => code === "usual-amounts.times-usual");
    expect([judged.verdict.decision, finding?.evidence]).toEqual([
      "ask",
      expect.stringContaining("the usual was 100 USDC"),
    ]);
    say("amount times ten: lost 0 unless acknowledged; at stake 900 USDC");
    expect(codes(await judgeOn(chainOf(), send("USDC", "105", FRIEND)))).toEqual([]);
  });

  test("behavior: a listed token that counts in other decimals since: every amount of it is blocked", async () => {
    const { client, token } = chainOf();
    const [usdc, dai] = [token("USDC").address, token("DAI").address];
    await request(client, "anvil_setCode", [usdc, await client.getCode({ address: dai })]);
    expect(codes(await judgeOn(chainOf(), send("USDC", "25", FRIEND)))).toContain("usual-amounts.decimals");
  });
});
