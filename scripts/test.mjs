// npm test: sets up what the tests need, then runs all of them and says how many passed.
//   --only NAME[,NAME]   types, lint, build, unit, integration, e2e
// The tests bring their own libvirtd and guests; the machine's are left alone.
import { main } from "./lib/main.mjs";
import { runPackages, testPackages } from "./lib/packages.mjs";
import { root } from "./lib/run.mjs";
import { failed, note, ok } from "./lib/say.mjs";
import { readSetup } from "./lib/setup.mjs";
import { chosenStages, lanesOf } from "./lib/stages.mjs";
import { browser } from "./lib/steps/browser.mjs";
import { databaseClient } from "./lib/steps/database-client.mjs";
import { nodeVersion } from "./lib/steps/node-version.mjs";
import { npmPackages } from "./lib/steps/npm-packages.mjs";
import { systemPackages } from "./lib/steps/system-packages.mjs";
import { unpackedPackages } from "./lib/steps/unpacked-packages.mjs";
import { runSteps, StepError } from "./lib/steps.mjs";
import { table } from "./lib/table.mjs";
import { sumCounts } from "./lib/test-count.mjs";

const needRoot = ["integration", "e2e"];

async function runStage(stage, circumstances) {
  const started = Date.now();
  note(`\n── ${stage.name}`);
  const outcome = await stage.run(circumstances).catch((error) => {
    console.error(error instanceof StepError ? error.message : error);
    return { code: 1, count: null };
  });
  const result = { ...outcome, name: stage.name, seconds: (Date.now() - started) / 1000 };
  if (result.code === 0) ok(stage.name, `${result.seconds.toFixed(1)} s`);
  else failed(stage.name);
  return result;
}

/**
 * The stages of a lane up to the first that fails; other lanes come to their own end. `ended` has
 * the stages that run or ran, for those of other lanes that need them.
 */
async function runLane(lane, setup, alone, ended) {
  const results = [];
  for (const stage of lane) {
    if (stage.after !== undefined && (await ended.get(stage.after)) === false) break;
    const label = alone ? undefined : `${stage.name} │`;
    const running = runStage(stage, { setup, label });
    ended.set(
      stage.name,
      running.then(({ code }) => code === 0),
    );
    const result = await running;
    results.push(result);
    if (result.code !== 0) break;
  }
  return results;
}

/** Counts of what ran; a stage that failed without a failed test counts as one. */
function countOf(result) {
  const count = result.count ?? { passed: 0, failed: 0, skipped: 0 };
  return result.code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function report(results, chosen) {
  const rows = chosen.map((stage) => {
    const result = results.find((each) => each.name === stage.name);
    if (result === undefined) return [stage.name, "not run", "", ""];
    const { passed, failed: bad, skipped } = countOf(result);
    const tests =
      result.count === null ? "" : `${passed} passed, ${bad} failed, ${skipped} skipped`;
    return [
      stage.name,
      result.code === 0 ? "ok" : "FAILED",
      `${result.seconds.toFixed(1)} s`,
      tests,
    ];
  });
  note("");
  for (const line of table(rows, [2])) note(line);
  const sum = sumCounts(results.map(countOf));
  note(`\n${sum.passed} passed, ${sum.failed} failed`);
  for (const { name, again = [] } of results) {
    if (again.length > 0) note(`${name}: only at the second try: ${again.join(", ")}`);
  }
}

process.chdir(root);
await main(async () => {
  const setup = readSetup();
  const chosen = chosenStages(process.argv.slice(2));
  if (!setup.isRoot && chosen.some((stage) => needRoot.includes(stage.name))) {
    throw new StepError(
      "Root rights are needed: the tests start a libvirtd in namespaces of its own. Run sudo npm test, or only the rest:\n\n  npm test -- --only types,lint,unit,build",
    );
  }
  const packages = systemPackages([...runPackages, ...testPackages]);
  const steps = [nodeVersion, npmPackages, packages, browser, databaseClient];
  if (chosen.some((stage) => needRoot.includes(stage.name))) steps.push(unpackedPackages);
  await runSteps(steps, setup);

  const results = [];
  const ended = new Map();
  for (const lanes of lanesOf(chosen)) {
    const alone = lanes.length === 1;
    results.push(
      ...(await Promise.all(lanes.map((lane) => runLane(lane, setup, alone, ended)))).flat(),
    );
    if (results.some((result) => result.code !== 0)) break;
  }
  report(results, chosen);
  process.exitCode = results.every((result) => result.code === 0) ? 0 : 1;
});
