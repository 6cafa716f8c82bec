import { writeFileSync } from "node:fs";
import { buildCorpus, CORPUS } from "./corpus.ts";

/** `npx tsx test/injection/writeCorpus.ts`: writes the committed corpus anew from its texts and encodings. */
const entries = buildCorpus();
writeFileSync(CORPUS, `${entries.map((entry) => JSON.stringify(entry)).join("\n")}\n`);
process.stdout.write(`${entries.length} texts\n`);
