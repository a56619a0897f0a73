import { execFileSync } from "node:child_process";
import { openSync, readFileSync, readSync, truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { sameSamples } from "./compare-samples";
import { type GuestView, guestView, qcow2View, type ReadAt } from "./guest-view";
import { headBytes } from "./qcow2-header";

const capacityBytes = 1024 ** 3;
const run = (...words: [string, ...string[]]) => execFileSync(words[0], words.slice(1));

const reading = (path: string): ReadAt => {
  const file = openSync(path, "r");
  return async (offset, length) => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
  };
};

async function viewOf(path: string, format: "raw" | "qcow2"): Promise<GuestView> {
  const read = reading(path);
  const view = guestView(format, capacityBytes, await read(0, headBytes), read);
  if (view === null) throw new Error("no view");
  return view;
}

/** A disk with data here and there, as qcow2 and as raw. */
async function disks(): Promise<{ qcow2: string; raw: string; other: string }> {
  const dir = await tempDir();
  const [qcow2, raw, other] = ["a.qcow2", "a.raw", "b.qcow2"].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  run("qemu-img", "create", "-q", "-f", "qcow2", qcow2, "1G");
  const writes = [
    "-c",
    "write -P 65 3M 100k",
    "-c",
    "write -P 66 600M 70k",
    "-c",
    "write -z 9M 1M",
  ];
  run("qemu-io", "-f", "qcow2", ...writes, qcow2);
  run("qemu-img", "convert", "-f", "qcow2", "-O", "raw", qcow2, raw);
  run("qemu-img", "convert", "-f", "qcow2", "-O", "qcow2", "-o", "cluster_size=4k", qcow2, other);
  return { qcow2, raw, other };
}

it("files of one content are the same, whatever their format", async () => {
  const { qcow2, raw, other } = await disks();
  const [one, two, three] = [
    await viewOf(qcow2, "qcow2"),
    await viewOf(raw, "raw"),
    await viewOf(other, "qcow2"),
  ];
  expect([...((await one.read(3 * 1024 ** 2, 3)) ?? [])]).toEqual([65, 65, 65]);
  expect([...((await one.read(9 * 1024 ** 2, 2)) ?? [])]).toEqual([0, 0]);
  expect(await one.places(8)).toEqual(expect.arrayContaining([3 * 1024 ** 2, 600 * 1024 ** 2]));
  expect(await sameSamples(one, two)).toBe(true);
  expect(await sameSamples(two, one)).toBe(true);
  expect(await sameSamples(one, three)).toBe(true);
});

it("one that lacks data, is cut off, or has another size, is not", async () => {
  const { qcow2, raw, other } = await disks();
  run("qemu-io", "-f", "qcow2", "-c", "write -z 600M 1M", other);
  const one = await viewOf(qcow2, "qcow2");
  expect(await sameSamples(one, await viewOf(other, "qcow2"))).toBe(false);
  truncateSync(raw, 1024 ** 2);
  expect(await sameSamples(one, await viewOf(raw, "raw"))).toBe(false);
  const larger = { ...one, capacityBytes: 2 * capacityBytes };
  expect(await sameSamples(larger, one)).toBe(false);
});

it("a compressed cluster cannot be had plainly; a file on others has no view at all", async () => {
  const { qcow2 } = await disks();
  const small = `${qcow2}.c`;
  run("qemu-img", "convert", "-c", "-f", "qcow2", "-O", "qcow2", qcow2, small);
  const view = await viewOf(small, "qcow2");
  expect(await view.read(3 * 1024 ** 2, 3)).toBeNull();
  expect(await sameSamples(view, await viewOf(qcow2, "qcow2"))).toBe(true);
  run("qemu-img", "rebase", "-u", "-F", "raw", "-b", "/etc/passwd", small);
  expect(qcow2View(readFileSync(small).subarray(0, headBytes), reading(small))).toBeNull();
});

it("tables that an enemy wrote lead nowhere but into the file", async () => {
  const { qcow2 } = await disks();
  const sound = readFileSync(qcow2);
  const pokes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(pokes, async (changes) => {
      const bytes = Buffer.from(sound);
      for (const [at, value] of changes) bytes[at] = value;
      const read: ReadAt = async (offset, length) => bytes.subarray(offset, offset + length);
      const view = qcow2View(bytes.subarray(0, headBytes), read);
      for (const place of (await view?.places(8)) ?? []) {
        expect(place).toBeLessThan(view?.capacityBytes ?? 0);
        expect((await view?.read(place, 512))?.length ?? 512).toBe(512);
      }
    }),
    { numRuns: 60 },
  );
});
