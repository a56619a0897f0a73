// npm run screenshots: the pictures of README and docs, from a real run in a real browser.
import { join } from "node:path";
import { main } from "./lib/main.mjs";
import { runPackages, testPackages } from "./lib/packages.mjs";
import { root, show } from "./lib/run.mjs";
import { readSetup } from "./lib/setup.mjs";
import { browser } from "./lib/steps/browser.mjs";
import { build } from "./lib/steps/build.mjs";
import { databaseClient } from "./lib/steps/database-client.mjs";
import { nodeVersion } from "./lib/steps/node-version.mjs";
import { npmPackages } from "./lib/steps/npm-packages.mjs";
import { systemPackages } from "./lib/steps/system-packages.mjs";
import { runSteps } from "./lib/steps.mjs";

process.chdir(root);
await main(async () => {
  const packages = systemPackages([...runPackages, ...testPackages]);
  await runSteps([nodeVersion, npmPackages, packages, browser, databaseClient, build], readSetup());
  const playwright = join(root, "node_modules/@playwright/test/cli.js");
  process.exitCode = await show([process.execPath, playwright, "test", "--project=screenshots"]);
});
