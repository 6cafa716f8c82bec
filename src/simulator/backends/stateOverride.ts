import { type Abi, decodeFunctionResult, encodeFunctionData, type Hex, hexToBytes, numberToHex, parseAbi } from "viem";
import runner from "../artifacts/SequenceRunner.json" with { type: "json" };
import { SimulationUnavailableError } from "../errors.ts";
import { type Backend, GAS_PER_CALL, type Sequence, type StepResult } from "../types.ts";
import { BackendUnsupportedError, isUnsupported } from "./unsupported.ts";

const abi = parseAbi([
  "struct Step { address to; uint256 value; uint256 gas; bytes data; }",
  "struct Result { bool ok; uint256 gasUsed; bytes data; }",
  "function run(Step[] steps) returns (Result[] results)",
]) satisfies Abi;

/**
 * One `eth_call` that puts a sequence runner at the owner's own address by state override (geth's third parameter), for
 * nodes without eth_simulateV1. Differences it cannot hide: no events (tokens outside the watch list stay unseen), one
 * transaction (warm storage makes gas a little lower, transient storage is shared), the owner has code meanwhile.
 */
export const stateOverride: Backend = {
  id: "state-override",
  async run(sequence) {
    const answer = await request(sequence);
    const results = decode(answer);
    if (results.length !== sequence.steps.length)
      throw otherShape(`asked ${sequence.steps.length}, got ${results.length}`);
    return results.map((result, index): StepResult => {
      const data = sequence.steps[index]?.data ?? "0x";
      return { ok: result.ok, data: result.data, gasUsed: result.gasUsed + intrinsicGas(data) };
    });
  },
};

async function request({ reader, account, timestamp, steps }: Sequence): Promise<Hex> {
  const sized = steps.map((step) => ({ ...step, gas: GAS_PER_CALL }));
  const data = encodeFunctionData({ abi, functionName: "run", args: [sized] });
  const params = [
    { from: account, to: account, data },
    numberToHex(reader.block),
    { [account]: { code: runner.bytecode } },
    { number: numberToHex(reader.block + 1n), time: numberToHex(timestamp) },
  ];
  try {
    const ask = reader.client.request as (args: { method: string; params: unknown }) => Promise<unknown>;
    return (await ask({ method: "eth_call", params })) as Hex;
  } catch (error) {
    if (isUnsupported(error)) throw new BackendUnsupportedError("The node has no state overrides.", { cause: error });
    throw new SimulationUnavailableError("The node could not simulate the plan; try again or use another RPC.", {
      cause: error,
      retry: "same",
    });
  }
}

function decode(answer: Hex) {
  try {
    return decodeFunctionResult({ abi, functionName: "run", data: answer });
  } catch (cause) {
    // A node that ignores the override calls an account without code and answers "0x".
    throw new BackendUnsupportedError("The node ignores state overrides.", { cause });
  }
}

/** 21,000 for a transaction, 16 gas per non-zero and 4 per zero byte of calldata (EIP-2028). */
function intrinsicGas(data: Hex): bigint {
  return hexToBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4n : 16n), 21_000n);
}

function otherShape(fact: string): SimulationUnavailableError {
  return new SimulationUnavailableError("The node answered the simulation with another number of calls; try again.", {
    facts: [fact],
    retry: "same",
  });
}
