import { defineConfig } from "@playwright/test";
import { lateTests, testPart } from "./scripts/lib/late-tests.mjs";

const part = testPart();

export default defineConfig({
  testDir: "./e2e",
  testMatch: part === "late" ? lateTests : "*.e2e.ts",
  testIgnore: part === "first" ? lateTests : [],
  outputDir: "test-results",
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    // A sixth of the processor's time: asked for by whoever looks for a fault.
    trace: process.env.PORTICO_TEST_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    viewport: { width: 1360, height: 860 },
    // Spinners painted without a GPU cost as much as the guests.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.PORTICO_CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      args: [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "e2e" },
    { name: "screenshots", testMatch: "*.screenshots.ts", testDir: "./e2e/screenshots" },
  ],
});
