import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { basePath } from "@/lib/base-path";
import { logger } from "@/lib/log";
import { pagesDir } from "@/scripts/lib/pages-dir.mjs";

/**
 * Left to those who look at pages before and between two, each of which takes some ten
 * milliseconds; a portal that is ended within seconds never needs them.
 */
const unhurried = { beforeMs: 5_000, betweenMs: 20 };

/**
 * Loads the code of all pages, one after another, so that nobody who opens one later waits for it
 * and a new build does not take the place of what this process has not read yet. Next would do so
 * before the first page is answered.
 */
export async function loadPages(
  folder = join(process.cwd(), pagesDir(basePath), "server"),
  pauses = unhurried,
): Promise<void> {
  await setTimeout(pauses.beforeMs, undefined, { ref: false });
  const manifest = await readFile(join(folder, "app-paths-manifest.json"), "utf8");
  const load = createRequire(join(folder, "app-paths-manifest.json"));
  const files = new Set(Object.values(JSON.parse(manifest) as Record<string, string>));
  for (const file of files) {
    try {
      load(join(folder, file));
    } catch (error) {
      logger().error({ err: error, file }, "the code of a page could not be loaded");
    }
    await setTimeout(pauses.betweenMs, undefined, { ref: false });
  }
}
