import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { headBytes, readQcow2Header } from "./qcow2-header";

/** A file as qemu-img makes it, its first bytes. */
async function made(options: string, more: string[] = [], size = "16M"): Promise<Uint8Array> {
  const file = join(await tempDir(), "disk.qcow2");
  const words = options === "" ? [] : ["-o", options];
  execFileSync("qemu-img", ["create", "-q", "-f", "qcow2", ...words, ...more, file, size]);
  return readFileSync(file).subarray(0, headBytes);
}

describe("the header of a qcow2 file", () => {
  it("is what qemu-img wrote", async () => {
    expect(readQcow2Header(await made(""))).toEqual({
      version: 3,
      clusterBytes: 65_536,
      virtualBytes: 16 * 1024 ** 2,
      refcountBits: 16,
      compression: "zlib",
      encryption: null,
      snapshots: 0,
      backing: null,
      externalData: false,
      dirty: false,
      corrupt: false,
      lazyRefcounts: false,
      extendedL2: false,
      unknownFeatures: false,
    });
  });

  it("tells each option", async () => {
    const head = await made(
      "lazy_refcounts=on,cluster_size=128k,refcount_bits=64,extended_l2=on,compression_type=zstd",
    );
    expect(readQcow2Header(head)).toMatchObject({
      clusterBytes: 131_072,
      refcountBits: 64,
      compression: "zstd",
      lazyRefcounts: true,
      extendedL2: true,
      unknownFeatures: false,
    });
    expect(readQcow2Header(await made("compat=0.10"))).toMatchObject({ version: 2, dirty: false });
  });

  it("names the file below, which need not exist, and what it is", async () => {
    const below = ["-u", "-F", "raw", "-b", "/etc/shadow"];
    expect(readQcow2Header(await made("", below))).toMatchObject({
      backing: { path: "/etc/shadow", format: "raw" },
    });
    expect(readQcow2Header(await made("compat=0.10", below))).toMatchObject({
      backing: { path: "/etc/shadow", format: "raw" },
    });
  });

  it("tells its flags and what it does not know", async () => {
    const head = Uint8Array.from(await made(""));
    head[79] = 0b111;
    expect(readQcow2Header(head)).toMatchObject({ dirty: true, corrupt: true, externalData: true });
    head[72] = 0x80;
    expect(readQcow2Header(head)).toMatchObject({ unknownFeatures: true });
  });

  it("is null for what no such file may say", async () => {
    const head = await made("", ["-u", "-F", "raw", "-b", "below"]);
    const poked = (at: number, ...values: number[]) => {
      const copy = Uint8Array.from(head);
      copy.set(values, at);
      return readQcow2Header(copy);
    };
    expect(poked(0)).not.toBeNull();
    expect(poked(0, 0)).toBeNull();
    expect(poked(7, 4)).toBeNull();
    expect(poked(20, 0, 0, 0, 8)).toBeNull();
    expect(poked(20, 0, 0, 0, 63)).toBeNull();
    expect(poked(24, 255)).toBeNull();
    expect(poked(8, 255)).toBeNull();
    expect(poked(16, 0, 0, 4, 0)).toBeNull();
    expect(poked(60, 1)).toBeNull();
    expect(poked(99, 7)).toBeNull();
    expect(poked(100, 0, 0, 0, 8)).toBeNull();
    expect(poked(100, 0, 255)).toBeNull();
    expect(readQcow2Header(head.subarray(0, 71))).toBeNull();
    expect(readQcow2Header(head.subarray(0, 103))).toBeNull();
    expect(readQcow2Header(new Uint8Array(0))).toBeNull();
  });

  it("shows no character that acts", async () => {
    const head = Uint8Array.from(await made("", ["-u", "-F", "raw", "-b", "abcdefgh"]));
    const at = Number(new DataView(head.buffer).getBigUint64(8));
    head.set([0x1b, 0x5b, 0xe2, 0x80, 0xae, 0xff, 0x0a, 0x41], at);
    expect(readQcow2Header(head)?.backing?.path).toBe("\ufffd[\ufffd\ufffd\ufffdA");
  });

  it("of any bytes at all is read without harm, and says only what is in bounds", async () => {
    const sound = await made("", ["-u", "-F", "raw", "-b", "below"]);
    const pokes = fc.array(fc.tuple(fc.nat(1023), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(pokes, fc.nat(2048), (changes, length) => {
        const head = Uint8Array.from(sound.subarray(0, Math.max(length, 64)));
        for (const [at, value] of changes) head[at] = value;
        const read = readQcow2Header(head);
        if (read === null) return;
        expect(read.clusterBytes).toBeLessThanOrEqual(2 ** 21);
        expect(Number.isSafeInteger(read.virtualBytes)).toBe(true);
        expect(read.snapshots).toBeLessThanOrEqual(65_536);
        expect(read.backing?.path.length ?? 0).toBeLessThanOrEqual(1023);
        expect(read.backing?.path ?? "").not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), (noise) => {
        const head = Uint8Array.from([0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3, ...noise]);
        readQcow2Header(head);
      }),
      { numRuns: 500 },
    );
  });
});
