import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { capture, root } from "./run.mjs";

let folder: string;
const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
const kept = () => join(folder, "cache");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-code-cache-"));
  put("part.cjs", "module.exports = (w) => w + require('node:path').basename(__filename);");
  put("later.cjs", "module.exports = async () => (await import('node:os')).EOL.length;");
  put(
    "main.cjs",
    `const part = require('./part.cjs');
     const own = require.cache[require.resolve('./part.cjs')].id.length === __filename.length;
     module.exports = async () => [part('from '), await require('./later.cjs')(), own].join();`,
  );
  put("more.cjs", "module.exports = 1;");
  put(
    "start.mjs",
    `import { openCodeCache } from ${JSON.stringify(join(root, "scripts/lib/code-cache.mjs"))};
     import { createRequire } from "node:module";
     const cache = openCodeCache(${JSON.stringify(kept())});
     const require = createRequire(import.meta.url);
     console.log(await require("./main.cjs")());
     await cache.save();
     if (process.env.ENDS_EARLY) process.exit();
     require("./more.cjs");
     await cache.close();`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

async function start(env = {}) {
  const argv = [process.execPath, join(folder, "start.mjs")];
  const { stdout, stderr } = await capture(argv, { env: { ...process.env, ...env } });
  expect(stderr).toBe("");
  return stdout.trim();
}
const said = "from part.cjs,1,true";

it("a program does the same whether its modules come from the cache or not", async () => {
  expect(await start()).toBe(said);
  expect(await start()).toBe(said);
});

// What Node.js keeps by itself since 22 is its own affair.
describe.skipIf("enableCompileCache" in Module)("the cache of Node.js 20", () => {
  it("is written once, for its owner alone", async () => {
    await start();
    expect(statSync(kept()).mode & 0o777).toBe(0o600);
    const first = statSync(kept()).ino;
    await start();
    expect(statSync(kept()).ino).toBe(first);
  });

  it("has what was loaded until it was saved, and all of it once it is closed", async () => {
    await start({ ENDS_EARLY: "1" });
    const early = readFileSync(kept(), "latin1");
    expect([early.includes("part.cjs"), early.includes("more.cjs")]).toEqual([true, false]);
    await start();
    const all = readFileSync(kept(), "latin1");
    expect([all.includes("part.cjs"), all.includes("more.cjs")]).toEqual([true, true]);
  });

  it("does not outlive a change of what it was made from", async () => {
    await start();
    put("part.cjs", "module.exports = () => 'other words';");
    expect(await start()).toBe("other words,1,true");
    expect(await start()).toBe("other words,1,true");
  });

  it("is left aside when it is damaged, and made anew", async () => {
    await start();
    const bytes = readFileSync(kept());
    for (const damaged of [
      bytes.subarray(0, 20),
      Buffer.from("no cache at all"),
      // In its last entry alone; then everywhere.
      Buffer.concat([bytes.subarray(0, -200), Buffer.alloc(200, 7)]),
      bytes.fill(7, 400),
    ]) {
      writeFileSync(kept(), damaged);
      expect(await start()).toBe(said);
      expect(await start()).toBe(said);
    }
  });
});
