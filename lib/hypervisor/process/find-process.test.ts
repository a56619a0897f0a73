import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { findProcess } from "./find-process";

const uuid = "0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a34";

async function procWith(processes: Record<string, string[]>): Promise<string> {
  const proc = await tempDir();
  for (const [name, words] of Object.entries(processes)) {
    await mkdir(join(proc, name));
    await writeFile(join(proc, name, "cmdline"), words.map((word) => `${word}\0`).join(""));
  }
  return proc;
}

it("finds the QEMU with that UUID, and nobody who only speaks of it", async () => {
  const qemu = ["/usr/bin/qemu-system-x86_64", "-name", "guest=a", "-uuid", uuid];
  const proc = await procWith({
    "7": ["grep", "-uuid", uuid],
    "8": ["/usr/bin/qemu-system-x86_64", "-uuid", "another"],
    "9": [],
    "42": qemu,
    self: qemu,
  });
  expect(await findProcess(uuid, proc)).toEqual({ pid: 42, command: qemu });
});

it("finds nothing where there is no such guest", async () => {
  expect(await findProcess(uuid, await procWith({ "7": ["sh"] }))).toBeNull();
});
