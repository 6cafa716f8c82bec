import { defineConfig } from "vitest/config";

/** Two workers: the suite is meant for two cores, and several files start a chain of their own. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: [
      "src/**/*.test.ts",
      "policies/**/*.test.ts",
      "agents/**/*.test.ts",
      "tools/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});
