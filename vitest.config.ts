import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
// Unit tests open a database each: what is compiled for one of them serves all.
const compiler = "@prisma/client/runtime/query_compiler_small_bg.sqlite.mjs";
const unitAlias = { ...alias, [compiler]: `${alias["@"]}/lib/db/testing/query-compiler.mjs` };
// What stands in for a module in them would stand in for it in other files, too.
const ofTheirOwn = ["app/action.test.ts"];
// Not the second that it is by default: what a busy machine does late is no failure.
const patient = { expect: { poll: { timeout: 60_000 } } };
const skipped = ["node_modules/**", ".next/**", "dist/**"];

export default defineConfig({
  resolve: { alias },
  test: {
    // Every core, for nothing else runs meanwhile: by default one would stay idle.
    maxWorkers: availableParallelism(),
    projects: [
      {
        resolve: { alias: unitAlias },
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...skipped, "**/*.integration.test.ts", ...ofTheirOwn],
          setupFiles: ["./e2e/helpers/vitest-setup.ts"],
          // Modules are evaluated once per worker, not once per file: it takes a third off the whole.
          isolate: false,
          // A slow machine is no failure; what hangs still ends.
          ...patient,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "unit-alone",
          include: ofTheirOwn,
          setupFiles: ["./e2e/helpers/vitest-setup.ts"],
          ...patient,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude: skipped,
          setupFiles: ["./e2e/helpers/vitest-setup.ts"],
          globalSetup: ["./e2e/host/vitest-global.ts"],
          ...patient,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
