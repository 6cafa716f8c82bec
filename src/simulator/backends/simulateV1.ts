import { type Hex, numberToHex } from "viem";
import { SimulationUnavailableError } from "../errors.ts";
import { type Backend, GAS_PER_CALL, type Sequence, type StepLog, type StepResult } from "../types.ts";
import { BackendUnsupportedError, isUnsupported } from "./unsupported.ts";

type RpcCall = {
  readonly status: Hex;
  readonly returnData?: Hex;
  readonly gasUsed: Hex;
  readonly logs?: readonly StepLog[];
  readonly error?: { readonly message?: string; readonly data?: Hex };
};

/** `eth_simulateV1` (execution-apis): one simulated block on top of the pinned one, later calls see earlier writes. */
export const simulateV1: Backend = {
  id: "eth_simulateV1",
  async run(sequence) {
    const blocks = await request(sequence);
    const calls = blocks[0]?.calls;
    if (!Array.isArray(calls) || calls.length !== sequence.steps.length)
      throw new SimulationUnavailableError(
        "The node answered eth_simulateV1 with another number of calls; try again.",
        {
          facts: [`asked ${sequence.steps.length}, got ${calls?.length ?? 0}`],
          retry: "same",
        },
      );
    return calls.map(toResult);
  },
};

async function request({ reader, account, timestamp, steps }: Sequence): Promise<readonly { calls: RpcCall[] }[]> {
  const calls = steps.map((step) => ({
    from: account,
    to: step.to,
    value: numberToHex(step.value),
    input: step.data,
    gas: numberToHex(GAS_PER_CALL),
  }));
  // The next block, with no base fee: gas price 0 keeps gas out of the owner's native balance.
  const blockOverrides = {
    number: numberToHex(reader.block + 1n),
    time: numberToHex(timestamp),
    baseFeePerGas: "0x0",
  };
  const params = [{ blockStateCalls: [{ blockOverrides, calls }], validation: false }, numberToHex(reader.block)];
  try {
    const ask = reader.client.request as (args: { method: string; params: unknown }) => Promise<unknown>;
    return (await ask({ method: "eth_simulateV1", params })) as readonly { calls: RpcCall[] }[];
  } catch (error) {
    if (isUnsupported(error)) throw new BackendUnsupportedError("The node has no eth_simulateV1.", { cause: error });
    throw new SimulationUnavailableError("The node could not simulate the plan; try again or use another RPC.", {
      cause: error,
      retry: "same",
    });
  }
}

function toResult(call: RpcCall): StepResult {
  const ok = call.status === "0x1";
  const returned = call.returnData ?? "0x";
  return {
    ok,
    data: ok || returned !== "0x" ? returned : (call.error?.data ?? "0x"),
    gasUsed: BigInt(call.gasUsed),
    logs: ok ? (call.logs ?? []) : [],
  };
}
