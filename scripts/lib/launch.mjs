import { createRequire } from "node:module";
import { join } from "node:path";
import { openCodeCache } from "./code-cache.mjs";
import { root } from "./run.mjs";

const bundle = join(root, "dist/server.cjs");

/**
 * Starts the portal from its bundle, in this process. Resolves when it is ready; what has been
 * loaded until all pages are is kept in compiled form for the next start.
 */
export async function launch() {
  const cache = openCodeCache(join(root, "dist/code-cache"), [bundle]);
  const { startPortal } = createRequire(import.meta.url)(bundle);
  const { settled } = await startPortal();
  settled.then(() => cache.save());
}
