import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const skipped = ["node_modules/**", ".next/**", "dist/**"];

export default defineConfig({
  resolve: { alias },
  test: {
    // Every core, for nothing else runs meanwhile: by default one would stay idle.
    maxWorkers: availableParallelism(),
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...skipped, "**/*.integration.test.ts"],
          setupFiles: ["./e2e/helpers/vitest-setup.ts"],
          // A slow machine is no failure; what hangs still ends.
          testTimeout: 30_000,
          hookTimeout: 60_000,
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
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
