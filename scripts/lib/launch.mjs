import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { openCodeCache } from "./code-cache.mjs";
import { root } from "./run.mjs";

const bundle = join(root, "dist/server.cjs");

/**
 * How V8 enlarges the space for young objects. What a start makes stays for good: with the usual
 * growth that space takes 33 MB for code that only passes through it, and keeps them.
 */
const youngSpace = { steady: 1, usual: 2 };
const growYoungSpaceBy = (factor) => setFlagsFromString(`--semi-space-growth-factor=${factor}`);

/**
 * Starts the portal from its bundle, in this process. Resolves when it is ready; what has been
 * loaded until all pages are is kept in compiled form for the next start.
 */
export async function launch() {
  growYoungSpaceBy(youngSpace.steady);
  const cache = openCodeCache(join(root, "dist/code-cache"), [bundle]);
  const { startPortal } = createRequire(import.meta.url)(bundle);
  const { settled } = await startPortal();
  // Now and again: who starts anew in a moment need not wait for the pages to have been loaded.
  await cache.save();
  // In this order: V8 takes compiled code under the flags alone that it was kept under.
  settled.then(() => cache.close()).finally(() => growYoungSpaceBy(youngSpace.usual));
}
