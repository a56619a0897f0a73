import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { checkQcow2 } from "./check-qcow2";
import { headBytes } from "./qcow2-header";

const run = (...words: [string, ...string[]]) => execFileSync(words[0], words.slice(1));

async function made(options = "compat=1.1"): Promise<string> {
  const path = join(await tempDir(), "a.qcow2");
  run("qemu-img", "create", "-q", "-f", "qcow2", "-o", options, path, "300M");
  const writes = ["-c", "write -P 65 3M 1M", "-c", "write -P 66 250M 70k", "-c", "write -z 9M 1M"];
  run("qemu-io", "-f", "qcow2", ...writes, path);
  return path;
}

function checked(bytes: Uint8Array) {
  const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
  return checkQcow2(bytes.subarray(0, headBytes), bytes.length, read);
}

/** What QEMU's own check counts. */
function said(path: string): { corruptions: number; leaks: number } {
  const { stdout } = spawnSync("qemu-img", ["check", "-f", "qcow2", "--output=json", path]);
  const report = JSON.parse(stdout.toString());
  return { corruptions: report.corruptions ?? 0, leaks: report.leaks ?? 0 };
}

it.each([
  "compat=1.1",
  "compat=0.10",
  "refcount_bits=1",
  "refcount_bits=64,cluster_size=4k",
  "cluster_size=2M",
])("a sound file is sound: %s", async (options) => {
  const path = await made(options);
  expect(said(path)).toEqual({ corruptions: 0, leaks: 0 });
  expect(await checked(readFileSync(path))).toMatchObject({ corruptions: 0, leaks: 0 });
});

it("counts what the guest wrote, compressed as well", async () => {
  const path = await made();
  // 16 of 1 MiB and 2 of 70 KiB, in clusters of 64 KiB.
  expect((await checked(readFileSync(path)))?.dataClusters).toBe(18);
  const small = `${path}.c`;
  run("qemu-img", "convert", "-c", "-f", "qcow2", "-O", "qcow2", path, small);
  expect(await checked(readFileSync(small))).toEqual({
    corruptions: 0,
    leaks: 0,
    dataClusters: 18,
  });
});

it("finds what QEMU finds: counts and marks that are not true", async () => {
  const path = await made();
  const bytes = readFileSync(path);
  const table = Number(bytes.readBigUInt64BE(48));
  const block = Number(bytes.readBigUInt64BE(table));
  const high = Buffer.from(bytes);
  high.writeUInt16BE(3, block + 2 * 5);
  const low = Buffer.from(bytes);
  low.writeUInt16BE(0, block + 2 * 7);
  const marked = Buffer.from(bytes);
  const first = Number(bytes.readBigUInt64BE(40));
  marked.writeUInt8(0, first);
  for (const broken of [high, low, marked]) {
    writeFileSync(path, broken);
    const { corruptions, leaks } = said(path);
    expect(corruptions + leaks).toBeGreaterThan(0);
    expect(await checked(broken)).toMatchObject({ corruptions, leaks });
  }
});

it("finds a table that leads out of the file", async () => {
  const bytes = readFileSync(await made());
  const first = Number(bytes.readBigUInt64BE(40));
  bytes.writeBigUInt64BE((1n << 63n) | (1n << 40n), first);
  expect((await checked(bytes))?.corruptions).toBeGreaterThan(0);
});

it("says nothing of what it does not know", async () => {
  const path = await made();
  run("qemu-img", "snapshot", "-c", "one", path);
  expect(await checked(readFileSync(path))).toBeNull();
  expect(await checked(readFileSync(await made("extended_l2=on")))).toBeNull();
  expect(await checked(new Uint8Array(100))).toBeNull();
});

it("of bytes that an enemy wrote ends, and counts", async () => {
  const sound = readFileSync(await made());
  const pokes = fc.array(fc.tuple(fc.nat(400_000), fc.nat(255)), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(pokes, async (changes) => {
      const bytes = Buffer.from(sound);
      for (const [at, value] of changes) bytes[at] = value;
      const found = await checked(bytes);
      expect(found?.corruptions ?? 0).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 60 },
  );
});
