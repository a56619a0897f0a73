import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, sha256 } from "./run.mjs";

/**
 * Imports a TypeScript module of the project with everything it imports from the project, bundled
 * by esbuild in some ten milliseconds; npm packages are imported as they are. Needs node_modules.
 * @param {string} path relative to the checkout
 */
export async function loadTs(path) {
  const { build } = await import("esbuild");
  const out = join(root, "node_modules/.cache/portico", `${sha256(path).slice(0, 12)}.mjs`);
  mkdirSync(dirname(out), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile: out,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  return import(`${pathToFileURL(out)}?${Date.now()}`);
}
