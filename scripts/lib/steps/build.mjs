import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { basePathPattern, pagesDir } from "../pages-dir.mjs";
import { root, show } from "../run.mjs";
import { builtFrom, hashSources, readStamp, writeStamp } from "../sources.mjs";
import { StepError } from "../steps.mjs";
import { bundleCli, bundleServer, serverBundle } from "./bundles.mjs";

const bundleStamp = join(root, "dist/.stamp");
const pagesStamp = (basePath) => join(root, pagesDir(basePath), ".stamp");

/**
 * The pages by Next, for the path that they lie below, and the server's entry by esbuild, which is
 * the same for all; only when a source has changed.
 */
export const build = {
  title: "Build",
  undo: "remove the folders .next and dist",
  plan({ basePath }) {
    if (!basePathPattern.test(basePath)) {
      throw new StepError(`PORTICO_BASE_PATH=${basePath}: must be like /cloud`);
    }
    const hash = hashSources(builtFrom);
    if (areBundlesOf(hash) && arePagesOf(hash, basePath)) return null;
    const place = basePath === "" ? "" : ` for ${basePath}`;
    return `next build${place} and the server's bundle (a minute or two)`;
  },
  async apply({ basePath }) {
    // Taken before the build: what changes meanwhile is built the next time.
    const hash = hashSources(builtFrom);
    // A portal that runs from the bundles is left alone while pages for another path are built.
    if (!areBundlesOf(hash)) await buildBundles(hash);
    if (!arePagesOf(hash, basePath)) await buildPages(hash, basePath);
  },
};

const areBundlesOf = (hash) => existsSync(serverBundle) && readStamp(bundleStamp) === hash;

const arePagesOf = (hash, basePath) =>
  existsSync(join(root, pagesDir(basePath), "BUILD_ID")) &&
  readStamp(pagesStamp(basePath)) === hash;

async function buildBundles(hash) {
  rmSync(bundleStamp, { force: true });
  rmSync(join(root, "dist/code-cache"), { force: true });
  rmSync(join(root, "dist/code-cache.d"), { recursive: true, force: true });
  await bundleServer();
  await bundleCli();
  writeStamp(bundleStamp, hash);
}

async function buildPages(hash, basePath) {
  rmSync(pagesStamp(basePath), { force: true });
  const env = {
    ...process.env,
    PORTICO_BASE_PATH: basePath,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const next = join(root, "node_modules/next/dist/bin/next");
  const run = () => show([process.execPath, next, "build"], { env });
  const code = await (basePath === "" ? run() : keepingTypes(run));
  if (code !== 0) throw new StepError(`next build ended with ${code}; its message is above.`);
  writeStamp(pagesStamp(basePath), hash);
}

/** Next notes in this file where it built to; the types stay those of the pages at the root. */
async function keepingTypes(work) {
  const file = join(root, "next-env.d.ts");
  const before = existsSync(file) ? readFileSync(file) : null;
  const result = await work();
  if (before !== null) writeFileSync(file, before);
  return result;
}
