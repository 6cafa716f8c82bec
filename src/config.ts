import { z } from "zod";
import { IntendantError } from "./domain/error.ts";

const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === "" ? undefined : text))
  .optional();
const port = z.coerce.number().int().min(0).max(65_535);

const environment = z.object({
  PORT: port.default(8787),
  HOST: z.string().default("127.0.0.1"),
  INTENDANT_DATA: z.string().default(".intendant"),
  DATABASE_URL: optionalText,
  RPC_URL: optionalText,
  CHAIN_ID: z.coerce.number().int().positive().default(31_337),
  INTENDANT_DEPLOYMENT: z.string().default(".cache/devnet/deployment.json"),
  INTENDANT_MODEL: optionalText,
  INTENDANT_MODELS: optionalText,
  INTENDANT_MODEL_URL: optionalText,
  INTENDANT_MODEL_NAME: optionalText,
  INTENDANT_MODEL_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "printable characters without blanks")
    .optional(),
  INTENDANT_MODEL_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(600).default(60),
  INTENDANT_GPU_LAYERS: z.union([z.enum(["auto", "max"]), z.coerce.number().int().min(0)]).default("auto"),
  INTENDANT_FLASH_ATTENTION: z.enum(["auto", "on", "off"]).default("auto"),
  INTENDANT_SECOND_READER: z.enum(["on", "off"]).default("on"),
  INTENDANT_THREADS: z.coerce.number().int().min(1).optional(),
  INTENDANT_MANDATE: optionalText,
  INTENDANT_KEYSTORE: optionalText,
  INTENDANT_KEYSTORE_PASSWORD_FILE: optionalText,
  INTENDANT_SIGNER_URL: optionalText,
  INTENDANT_ACCOUNT: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/, "a 0x address of 40 hex digits")
    .optional(),
  INTENDANT_PRIVATE_KEY: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/, "0x and 64 hex digits; accepted on chain 31337 only")
    .optional(),
  INTENDANT_SLIPPAGE_BPS: z.coerce.number().int().min(1).max(1_000).default(50),
  INTENDANT_EXPIRY_SECONDS: z.coerce.number().int().min(15).max(3_600).default(120),
  INTENDANT_HORIZON_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
});

export type Config = Readonly<z.infer<typeof environment>>;

/** Names of every setting, for the check that .env.example lists them all. */
export const configKeys: readonly string[] = Object.keys(environment.shape);

/**
 * Reads settings once; the only place that looks at the environment. `overrides` (flags) win; undefined unsets.
 *
 * @throws {ConfigError} naming every bad setting at once.
 */
export function readConfig(
  overrides: Readonly<Record<string, string | undefined>> = {},
  source: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const merged = { ...source, ...overrides };
  const given = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(given);
  const facts = parsed.success
    ? unsafe(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (!parsed.success || facts.length > 0) throw new ConfigError(facts);
  return Object.freeze(parsed.data);
}

/** Combinations that no start is allowed with. */
function unsafe(config: Config): readonly string[] {
  const local = config.CHAIN_ID === 31_337;
  return [
    ...(local || config.RPC_URL !== undefined ? [] : ["RPC_URL: needed for every chain but the local one (31337)"]),
    ...(local || config.INTENDANT_PRIVATE_KEY === undefined
      ? []
      : ["INTENDANT_PRIVATE_KEY: only on chain 31337; use INTENDANT_KEYSTORE or INTENDANT_SIGNER_URL"]),
    ...(["127.0.0.1", "localhost", "::1"].includes(config.HOST)
      ? []
      : ["HOST: must be the loopback address until authentication is configured"]),
    ...(config.INTENDANT_SIGNER_URL === undefined || config.INTENDANT_ACCOUNT !== undefined
      ? []
      : ["INTENDANT_ACCOUNT: needed with INTENDANT_SIGNER_URL, to know whose transactions it signs"]),
    ...(config.INTENDANT_KEYSTORE === undefined || config.INTENDANT_KEYSTORE_PASSWORD_FILE !== undefined
      ? []
      : ["INTENDANT_KEYSTORE_PASSWORD_FILE: needed with INTENDANT_KEYSTORE"]),
    ...unsafeModel(config),
  ];
}

/** A remote model is named, is the only one that is set, and gets its key over a connection that nobody reads along. */
function unsafeModel(config: Config): readonly string[] {
  const { INTENDANT_MODEL_URL: given, INTENDANT_MODEL_NAME: name, INTENDANT_MODEL_KEY: key } = config;
  if (given === undefined) {
    const alone = name !== undefined || key !== undefined;
    return alone ? ["INTENDANT_MODEL_URL: needed with INTENDANT_MODEL_NAME and INTENDANT_MODEL_KEY"] : [];
  }
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    return ["INTENDANT_MODEL_URL: an http or https address, as https://api.example.com/v1"];
  const local = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  return [
    ...(name === undefined ? ["INTENDANT_MODEL_NAME: needed with INTENDANT_MODEL_URL"] : []),
    ...(config.INTENDANT_MODEL === undefined ? [] : ["INTENDANT_MODEL: unset it, or unset INTENDANT_MODEL_URL"]),
    ...(url.username === "" && url.password === "" && url.search === "" && url.hash === ""
      ? []
      : ["INTENDANT_MODEL_URL: without credentials and parameters; the key belongs in INTENDANT_MODEL_KEY"]),
    ...(key === undefined || local || url.protocol === "https:"
      ? []
      : ["INTENDANT_MODEL_URL: https, so that nobody on the way reads INTENDANT_MODEL_KEY"]),
  ];
}

export class ConfigError extends IntendantError {
  readonly code = "config_invalid";
  constructor(facts: readonly string[]) {
    super(`Settings need to change: ${facts.join("; ")}.`, { facts });
  }
}
