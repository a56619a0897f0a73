import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./run.mjs";

/**
 * Imports a TypeScript module of the project with everything it imports from the project, bundled
 * by esbuild in some ten milliseconds; npm packages are imported as they are. Needs node_modules,
 * but no right to write into the checkout.
 * @param {string} path relative to the checkout
 */
export async function loadTs(path) {
  const { build, stop } = await import("esbuild");
  const folder = mkdtempSync(join(tmpdir(), "portico-bundle-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const outfile = join(folder, "module.mjs");
    await build({
      absWorkingDir: root,
      entryPoints: [path],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    // Its helper process would live as long as this one, which may become the portal.
    await stop();
    rmSync(folder, { recursive: true });
  }
}
