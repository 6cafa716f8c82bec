#!/usr/bin/env node
// Runs the TypeScript sources as they are: nothing to build after a clone.
import { register } from "tsx/esm/api";

register();
await import("../main.ts");
