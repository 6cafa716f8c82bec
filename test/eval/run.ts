import { parseArgs } from "node:util";
import { composeModels } from "../../src/compose/models.ts";
import { readConfig } from "../../src/config.ts";

/**
 * `npm run eval -- [--set file] [--misses]`: exact understanding of a labelled set (src/eval/), by the model of the
 * settings (`INTENDANT_MODEL` for another one), as `intendant model test`. Without --set: sets/test, which the embedded
 * model's training never sees. Greedy decoding: two runs agree.
 */
const { values } = parseArgs({ options: { set: { type: "string" }, misses: { type: "boolean", default: false } } });

const { lines } = await composeModels(readConfig()).test({
  misses: values.misses,
  ...(values.set === undefined ? {} : { set: values.set }),
});
process.stdout.write(`${lines.join("\n")}\n`);
process.exit(0);
