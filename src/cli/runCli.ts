import { Command, CommanderError } from "commander";
import { toProblem } from "../domain/error.ts";
import type { CliDeps } from "./deps.ts";
import { EXIT, exitCodeOfError } from "./exitCodes.ts";
import { printProblem } from "./render/problem.ts";

/** Runs one command line and returns its exit code (see exitCodes.ts). */
export async function runCli(deps: CliDeps): Promise<number> {
  let code: number = EXIT.ok;
  const run =
    <Args extends unknown[]>(load: Load<Args>) =>
    async (...args: Args): Promise<void> => {
      const command = await load();
      code = await command(deps, ...args);
    };
  const program = build(run);
  try {
    await program.parseAsync([...deps.argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    printProblem(toProblem(error), deps.argv.includes("--json"));
    return exitCodeOfError(error);
  }
}

/** Commands are loaded when they run: help and wrong words answer without the weight of chain and model. */
type Load<Args extends unknown[]> = () => Promise<(deps: CliDeps, ...args: Args) => Promise<number>>;
type Runner = <Args extends unknown[]>(load: Load<Args>) => (...args: Args) => Promise<void>;

function build(run: Runner): Command {
  const program = new Command("intendant")
    .description("Words in, executed transactions out: simulated, guarded, exactly once.")
    .exitOverride()
    .showHelpAfterError();
  program
    .command("demo")
    .description("the main job end to end on a local chain of real protocols; words after -- replace the usual ones")
    .argument("[words...]", "what to do")
    .option("--json", "print the final record as JSON")
    .action(run(async () => (await import("./commands/demo.ts")).demo));
  program
    .command("chat")
    .description("talk; every plan is shown and needs your yes")
    .action(run(async () => (await import("./commands/chat.ts")).chat));
  program
    .command("intent")
    .description("one intent: understand, plan, guard, simulate; ask before executing")
    .argument("<words...>", "what you want")
    .option("--yes", "approve when the guards allow it without a warning")
    .option("--json", "print the final record as JSON")
    .action(run(async () => (await import("./commands/intent.ts")).intent));
  program
    .command("serve")
    .description("the HTTP API")
    .option("--port <number>", "port (default PORT or 8787; 0 = any free one)")
    .action(run(async () => (await import("./commands/serve.ts")).serve));
  program
    .command("devnet")
    .description("the local chain")
    .command("up")
    .description("start it, print accounts and addresses, and keep it running")
    .option("--port <number>", "port to listen on", "8545")
    .option("--json", "print accounts and addresses as JSON")
    .action(run(async () => (await import("./commands/devnet.ts")).devnetUp));
  program
    .command("portfolio")
    .description("balances and positions of an account")
    .argument("[address]", "0x address; default the signer's")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/reads.ts")).portfolio));
  program
    .command("yields")
    .description("every market that pays, best first")
    .argument("[asset]", "symbol, address or any:stablecoin")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/reads.ts")).yields));
  addGuard(program.command("guard").description("checks that any wallet can ask for"), run);
  addModel(program.command("model").description("the language model: see, choose, fetch and measure"), run);
  program
    .command("doctor")
    .description("what works here and what does not")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/doctor.ts")).doctor));
  return program;
}

function addGuard(guard: Command, run: Runner): void {
  guard
    .command("token")
    .description("buy and sell a token in a sandbox, now and after what its owners could do")
    .argument("<address>", "0x address of its contract")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/guard.ts")).guardToken));
  guard
    .command("tx")
    .description("what calls or EIP-7702 authorisations would do: simulated, read and judged; nothing is sent")
    .argument("[file]", "JSON: a call, a list of calls, or a body of POST /v1/check; - for standard input")
    .option("--account <address>", "who would send it; default the signer's")
    .option("--to <address>", "target of one call")
    .option("--data <hex>", "its calldata")
    .option("--value <wei>", "its coins")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/guard.ts")).guardTx));
  guard
    .command("signature")
    .description("what a typed-data signature would let others do")
    .argument("<file>", "JSON of EIP-712, as eth_signTypedData_v4 takes it; - for standard input")
    .option("--account <address>", "who would sign it; default the signer's")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/guard.ts")).guardSignature));
  guard
    .command("approvals")
    .description("who may take what from an account, at one block")
    .argument("[address]", "0x address; default the signer's")
    .option("--revoke", "plan to take back what findings speak against; waits for your yes")
    .option("--yes", "approve that plan when the guards allow it without a warning")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/guard.ts")).guardApprovals));
}

function addModel(model: Command, run: Runner): void {
  model
    .command("list")
    .description("the model that ships, those of the models folder, and which one is used")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/model.ts")).modelList));
  model
    .command("use")
    .description("remember a model for this data folder (settings of the environment win)")
    .argument("<model>", "path of a GGUF, file name in the models folder, hf: URI, or embedded")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/model.ts")).modelUse));
  model
    .command("pull")
    .description("download a model into the models folder")
    .argument("<uri>", "hf:<user>/<model>:<quant>, hf:<user>/<model>/<file>.gguf or an https address")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/model.ts")).modelPull));
  model
    .command("test")
    .description("language score: how many labelled requests a model understands exactly")
    .argument("[model]", "path, file name in the models folder, URI or embedded; default the model in use")
    .option("--set <path>", "file or folder of labelled requests")
    .option("--misses", "print every request that was not understood exactly")
    .option("--json", "print as JSON")
    .action(run(async () => (await import("./commands/model.ts")).modelTest));
}
