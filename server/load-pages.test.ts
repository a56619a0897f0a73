import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { loadPages } from "./load-pages";

const log = vi.hoisted(() => ({ error: vi.fn() }));
vi.mock("@/lib/log", () => ({ logger: () => log }));

it("loads each page's code once, and goes on after one that fails", async () => {
  const folder = await mkdtemp(join(tmpdir(), "portico-pages-"));
  const loaded: string[] = [];
  vi.stubGlobal("loadedPages", loaded);
  try {
    for (const name of ["a", "b"]) {
      await writeFile(join(folder, `${name}.js`), `loadedPages.push("${name}");`);
    }
    await writeFile(join(folder, "broken.js"), "throw new Error('broken');");
    const manifest = { "/x/page": "broken.js", "/a/page": "a.js", "/b/page": "b.js", "/c": "a.js" };
    await writeFile(join(folder, "app-paths-manifest.json"), JSON.stringify(manifest));
    await loadPages(folder, { beforeMs: 0, betweenMs: 0 });
    expect(loaded).toEqual(["a", "b"]);
    expect(log.error).toHaveBeenCalledOnce();
  } finally {
    await rm(folder, { recursive: true });
  }
});
