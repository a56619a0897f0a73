// npm run bench: ours and its peers side by side, in one run. Every bench/<area>/index.ts exports
// run({ quick, log }), which resolves to figures.
//   --only AREA[,AREA]   --quick   --json FILE
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { main } from "./lib/main.mjs";
import { benchPackages, runPackages, testPackages } from "./lib/packages.mjs";
import { root } from "./lib/run.mjs";
import { note } from "./lib/say.mjs";
import { readSetup } from "./lib/setup.mjs";
import { browser } from "./lib/steps/browser.mjs";
import { build } from "./lib/steps/build.mjs";
import { databaseClient } from "./lib/steps/database-client.mjs";
import { nodeVersion } from "./lib/steps/node-version.mjs";
import { npmPackages } from "./lib/steps/npm-packages.mjs";
import { systemPackages } from "./lib/steps/system-packages.mjs";
import { runSteps } from "./lib/steps.mjs";
import { table } from "./lib/table.mjs";

const from = process.cwd();
const args = process.argv.slice(2);
const option = (flag) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);

function areas() {
  const only = option("--only")?.split(",");
  return readdirSync(join(root, "bench"), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && existsSync(join(root, "bench", entry.name, "index.ts")),
    )
    .map((entry) => entry.name)
    .filter((name) => only === undefined || only.includes(name))
    .sort();
}

const number = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

function rowOf(figure) {
  const { ours, peer, peerName, unit, ratio, goal, holds } = figure;
  const verdict = goal === "" ? "" : `${goal} ${holds ? "holds" : "MISSED"}`;
  return [figure.figure, number(ours), number(peer), unit, peerName, `${number(ratio)}×`, verdict];
}

process.chdir(root);
await main(async () => {
  const inBrowser = areas().includes("live") || areas().includes("console");
  const onBuild = inBrowser || areas().includes("api");
  const packages = systemPackages([
    ...runPackages,
    ...benchPackages,
    ...(onBuild ? testPackages : []),
  ]);
  const steps = [nodeVersion, npmPackages, packages, databaseClient];
  if (inBrowser) steps.push(browser);
  if (onBuild) steps.push(build);
  await runSteps(steps, readSetup());
  const { tsImport } = await import("tsx/esm/api");
  const figures = [];
  for (const area of areas()) {
    note(`\n── ${area}`);
    const { run } = await tsImport(`../bench/${area}/index.ts`, import.meta.url);
    figures.push(...(await run({ quick: args.includes("--quick"), log: note })));
  }
  note("");
  const head = ["figure", "ours", "peer", "unit", "peer's name", "ratio", "goal"];
  for (const line of table([head, ...figures.map(rowOf)], [1, 2, 5])) note(line);
  const file = option("--json");
  if (file) writeFileSync(resolve(from, file), `${JSON.stringify(figures, null, 2)}\n`);
  process.exitCode = figures.every((figure) => figure.holds) ? 0 : 1;
});
