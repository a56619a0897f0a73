// npm start: makes this machine ready, step by step, then serves. Runs before anything is
// installed, so it and scripts/lib use Node's own modules only.
//   --explain   say what each step would do and how to undo it; change nothing
//   --setup     do the steps, do not serve
//   --dev       serve with hot reload instead of building
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { main } from "./lib/main.mjs";
import { runPackages } from "./lib/packages.mjs";
import { root, show } from "./lib/run.mjs";
import { note } from "./lib/say.mjs";
import { describeSetup, readSetup } from "./lib/setup.mjs";
import { build } from "./lib/steps/build.mjs";
import { serverBundle } from "./lib/steps/bundles.mjs";
import { consoleDir } from "./lib/steps/console-dir.mjs";
import { dataDir, readSecrets } from "./lib/steps/data-dir.mjs";
import { databaseClient } from "./lib/steps/database-client.mjs";
import { nodeVersion } from "./lib/steps/node-version.mjs";
import { npmPackages } from "./lib/steps/npm-packages.mjs";
import { sessionLibvirtd } from "./lib/steps/session-libvirtd.mjs";
import { systemLibvirtd } from "./lib/steps/system-libvirtd.mjs";
import { systemPackages } from "./lib/steps/system-packages.mjs";
import { explainSteps, runSteps, StepError } from "./lib/steps.mjs";

const flags = new Set(process.argv.slice(2));
const development = flags.has("--dev");

function stepsFor(setup) {
  const libvirt = {
    system: [dataDir, systemPackages(runPackages), systemLibvirtd, consoleDir],
    session: [dataDir, systemPackages(runPackages), sessionLibvirtd, consoleDir],
    elsewhere: [dataDir],
  };
  return [
    nodeVersion,
    npmPackages,
    ...libvirt[setup.mode],
    databaseClient,
    ...(development ? [] : [build]),
  ];
}

async function serve(setup) {
  const prepared = {
    PORTICO_LIBVIRT_URI: setup.uri,
    PORTICO_DATA: setup.dataDir,
    PORTICO_CONSOLE_DIR: setup.consoleDir,
    ...readSecrets(setup),
  };
  for (const [name, value] of Object.entries(prepared)) process.env[name] ||= value;
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  process.env.NODE_ENV = development ? "development" : "production";
  if (development) {
    const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
    process.exit(await show([process.execPath, tsx, "server/index.ts"]));
  }
  // In this process: signals reach the portal without a go-between.
  await import(pathToFileURL(serverBundle).href).catch((error) => {
    const isSettings = /^Settings that cannot be used/.test(error?.message ?? "");
    throw isSettings ? new StepError(error.message) : error;
  });
}

process.chdir(root);
await main(async () => {
  const setup = readSetup();
  for (const line of describeSetup(setup)) note(line);
  if (flags.has("--explain")) return explainSteps(stepsFor(setup), setup);
  await runSteps(stepsFor(setup), setup);
  if (!flags.has("--setup")) await serve(setup);
});
