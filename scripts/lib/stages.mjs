import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join, relative } from "node:path";
import { testBasePath } from "./late-tests.mjs";
import { root, show } from "./run.mjs";
import { note } from "./say.mjs";
import { build } from "./steps/build.mjs";
import { runSteps, StepError } from "./steps.mjs";
import { countPlaywright, countVitest, failedInPlaywright, failedInVitest } from "./test-count.mjs";

/**
 * @typedef {{ code: number, count: import("./test-count.mjs").Count | null, again?: string[] }} Outcome
 * @typedef {{ setup: import("./setup.mjs").Setup, label: string | undefined }} Circumstances
 * @typedef {{ name: string, after?: string, run: (circumstances: Circumstances) => Promise<Outcome> }} Stage
 */

// Apart from test-results, which Playwright empties when it starts.
const reports = join(root, "node_modules/.cache/portico");
const bin = (path) => join(root, "node_modules", path);

/** Everything that `npm test` runs. @type {Stage[]} */
const stages = [
  { name: "types", run: ({ label }) => plain([bin("typescript/bin/tsc"), "--noEmit"], label) },
  {
    name: "lint",
    run: ({ label }) =>
      plain([bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."], label),
  },
  { name: "build", run: ({ setup }) => built(setup, "") },
  {
    name: "unit",
    run: ({ label }) => inMemory((env) => vitest("unit", { label, env, niceness: unitNiceness })),
  },
  {
    name: "integration",
    run: ({ label }) => secondTry((files) => vitest("integration", { label, files }), label),
  },
  { name: "e2e", run: ({ label }) => e2e("first", label) },
  // In another lane than what they need. Never two builds at once: each takes what there is.
  { name: "build-late", after: "build", run: ({ setup }) => built(setup, testBasePath) },
  { name: "e2e-late", after: "build", run: ({ label }) => e2e("late", label) },
];

// What is told in seconds first. Then three lanes at once, for neither browser tests nor guests keep
// two cores busy alone.
const order = [
  [["types", "lint"]],
  [["build", "e2e"], ["integration"], ["unit", "build-late", "e2e-late"]],
];

/** Unit tests wait for nothing but the processor: they take what the others leave. */
const unitNiceness = 10;

/**
 * The stages that were asked for, in the order of their report.
 * @param {string[]} args of the command line: `--only unit`, `--only unit,e2e`
 * @returns {Stage[]}
 */
export function chosenStages(args) {
  const at = args.indexOf("--only");
  if (at < 0) return stages;
  const names = (args[at + 1] ?? "").split(",");
  const isOf = (stage, name) => stage.name === name || stage.name === `${name}-late`;
  const unknown = names.filter((name) => !stages.some((stage) => isOf(stage, name)));
  if (unknown.length > 0) {
    const known = stages.map((stage) => stage.name).filter((name) => !name.endsWith("-late"));
    throw new StepError(`--only ${unknown.join(",")}: there are ${known.join(", ")}`);
  }
  return stages.filter((stage) => names.some((name) => isOf(stage, name)));
}

/**
 * How these stages run: steps one after the other, the lanes of a step side by side, the stages of
 * a lane one after the other.
 * @param {Stage[]} chosen
 * @returns {Stage[][][]}
 */
export function lanesOf(chosen) {
  const named = (lane) => chosen.filter((stage) => lane.includes(stage.name));
  const steps = order.map((lanes) => lanes.map(named).filter((lane) => lane.length > 0));
  return steps.filter((lanes) => lanes.length > 0);
}

/** Settings of a portal on this machine must not leak into the tests. */
function testEnv() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(PORTICO_(?!CHROMIUM|TEST_)|PORT$|NEXTAUTH_|NODE_ENV$)/.test(name),
  );
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1" };
}

/** The pages for a path of their origin, whatever a portal on this machine is set to. */
async function built(setup, basePath) {
  await runSteps([build], { ...setup, basePath });
  return { code: 0, count: null };
}

async function plain(argv, label) {
  return { code: await show([process.execPath, ...argv], { env: testEnv(), label }), count: null };
}

/** Hundreds of small databases are made and thrown away: in memory, where there is enough. */
async function inMemory(run) {
  const shared = "/dev/shm";
  const roomy =
    existsSync(shared) && statfsSync(shared).bavail * statfsSync(shared).bsize > 2 ** 30;
  if (!roomy) return run({});
  const folder = mkdtempSync(join(shared, "portico-"));
  try {
    return await run({ TMPDIR: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** More than this is no chance. */
const againAtMost = 2;

/**
 * Real guests and browsers on a busy machine fail now and then for reasons of their own: a file or
 * two that failed is played again, whole. What fails again has failed; what does not is named in the
 * report, for somebody has to find out why.
 * @param {(files: string[]) => Promise<Outcome & { failedFiles: string[] | null }>} run
 * @param {string | undefined} label
 * @returns {Promise<Outcome>}
 */
export async function secondTry(run, label) {
  const first = await run([]);
  const files = first.failedFiles ?? [];
  if (first.code === 0 || files.length === 0 || files.length > againAtMost) return first;
  const names = files.map((file) => relative(root, file));
  note(`${label ? `${label} ` : ""}once more: ${names.join(", ")}`);
  const second = await run(files);
  if (second.code !== 0 || first.count === null) return first;
  const { passed, failed, skipped } = first.count;
  return { code: 0, count: { passed: passed + failed, failed: 0, skipped }, again: names };
}

/** One part of the browser tests. */
function e2e(part, label) {
  return secondTry((files) => playwright("e2e", { label, part, files }), label);
}

async function vitest(project, { label, env = {}, niceness = 0, files = [] }) {
  const file = freshReport(`${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const argv = [bin("vitest/vitest.mjs"), "run", "--project", `${project}*`, ...reporters];
  const options = { env: { ...testEnv(), ...env }, label, niceness };
  const code = await show([process.execPath, ...argv, ...files], options);
  return outcomeOf(code, file, countVitest, failedInVitest);
}

async function playwright(project, { label, part, files }) {
  const file = freshReport(`${project}-${part}.json`);
  const env = { ...testEnv(), PORTICO_TEST_PART: part, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const argv = [bin("@playwright/test/cli.js"), "test", "--project", project];
  // Each empties the folder of its own results when it begins.
  const options = ["--reporter=list,json", `--output=test-results/${part}`, ...files];
  const code = await show([process.execPath, ...argv, ...options], { env, label });
  return outcomeOf(code, file, countPlaywright, failedInPlaywright);
}

function outcomeOf(code, file, count, failedIn) {
  if (!existsSync(file)) return { code, count: null, failedFiles: null };
  const report = JSON.parse(readFileSync(file, "utf8"));
  return { code, count: count(report), failedFiles: failedIn(report) };
}

function freshReport(name) {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, name);
  rmSync(file, { force: true });
  return file;
}
