import type { FastifyInstance } from "fastify";
import type { Intendant } from "../compose/intendant.ts";
import type { ModelShelf } from "../compose/models.ts";
import type { Config } from "../config.ts";

/** What the command line is given by the composition root. */
export type CliDeps = {
  readonly argv: readonly string[];
  /** Settings from the environment; `overrides` win (flags). */
  readonly readConfig: (overrides?: Readonly<Record<string, string | undefined>>) => Config;
  readonly start: (config: Config, onProgress: (line: string) => void) => Promise<Intendant>;
  readonly models: (config: Config) => Promise<ModelShelf>;
  readonly buildApp: (intendant: Intendant, options: { readonly log: boolean }) => Promise<FastifyInstance>;
};

/** Flags that every command takes. */
export type GlobalOptions = { readonly json?: boolean };
