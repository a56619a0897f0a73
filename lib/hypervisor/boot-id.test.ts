import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootIdOf } from "./boot-id";

describe("bootIdOf", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "portico-boot-"));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it("differs by domain, number and socket, and is the same for the same", async () => {
    const path = join(folder, "vnc.sock");
    await writeFile(path, "");
    await utimes(path, 1000, 1000);
    const first = await bootIdOf("u", 1, path);
    expect(await bootIdOf("u", 1, path)).toBe(first);
    await utimes(path, 1000, 1001);
    const others = await Promise.all([
      bootIdOf("u", 1, path),
      bootIdOf("u", 2, path),
      bootIdOf("v", 1, path),
      bootIdOf("u", 1, null),
    ]);
    expect(new Set([first, ...others]).size).toBe(5);
    expect(await bootIdOf("u", 1, join(folder, "none"))).toBe(await bootIdOf("u", 1, null));
  });
});
