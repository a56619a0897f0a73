import { execFileSync } from "node:child_process";
import { open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import type { ByteSource } from "@/lib/model/iso/bytes";
import { makeDisk, makeStreamVmdk } from "../testing/make-ova";
import { buildQcow2 } from "./build-qcow2";
import { openDisk } from "./open-disk";

const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });

function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: async (at, length) => bytes.subarray(at, at + length),
  };
}

/** The disk read and written as our own file; resolves to its path. */
async function rewritten(bytes: Uint8Array): Promise<string> {
  const { signal } = new AbortController();
  const made = await buildQcow2(await openDisk(sourceOf(bytes)), signal);
  const path = join(await tempDir(), "made.qcow2");
  const file = await open(path, "w");
  let written = 0;
  for await (const piece of made.bytes(signal)) {
    await file.write(piece);
    written += piece.length;
  }
  await file.close();
  expect(written).toBe(made.sizeBytes);
  return path;
}

async function reasonOf(bytes: Uint8Array): Promise<unknown> {
  const { signal } = new AbortController();
  try {
    const made = await buildQcow2(await openDisk(sourceOf(bytes)), signal);
    for await (const _ of made.bytes(signal));
  } catch (error) {
    return (error as { userMessage: { key: string } }).userMessage.key;
  }
  return null;
}

it.each([
  ["raw", []],
  ["qcow2", []],
  ["qcow2", ["-c"]],
  ["qcow2", ["-o", "cluster_size=4k"]],
  ["qcow2", ["-c", "-o", "cluster_size=2M"]],
  ["qcow2", ["-o", "compat=0.10"]],
  ["qcow2", ["-c", "-o", "cluster_size=512"]],
  ["vmdk", ["-o", "subformat=streamOptimized"]],
])(
  "the content of a %s disk made with %j is what qemu-img finds in ours",
  async (format, options) => {
    const { model, bytes } = await makeDisk(format, { folder: await tempDir(), options });
    const path = await rewritten(bytes);
    run("qemu-img", "check", "-q", "-f", "qcow2", path);
    run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", model, path);
    const info = JSON.parse(run("qemu-img", "info", "--output=json", "-f", "qcow2", path));
    expect(info).toMatchObject({ "virtual-size": 65 * 1024 ** 2 });
    // Holes stay holes: five pieces of content, and tables.
    expect(info["actual-size"]).toBeLessThan(8 * 1024 ** 2);
  },
);

it("a VMDK whose table is told of at its end, as programs write it that never go back", async () => {
  const { model, bytes } = await makeStreamVmdk({ folder: await tempDir() });
  const sector = (value: number) => {
    const mark = Buffer.alloc(512);
    mark.writeUInt32LE(1, 0);
    mark.writeUInt32LE(value, 12);
    return mark;
  };
  const header = Buffer.from(bytes.subarray(0, 512));
  const start = Buffer.from(header);
  start.fill(0xff, 56, 64);
  // Without the end that qemu-img wrote: its marker, its footer, its end of the stream.
  const body = bytes.subarray(512, bytes.length - 3 * 512);
  const late = Buffer.concat([start, body, sector(3), header, Buffer.alloc(512)]);
  run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", model, await rewritten(late));
  expect(await reasonOf(late.subarray(0, late.length - 1024))).toBe("appliance.truncated");
});

it("a raw disk that looks like another format inside stays what it is", async () => {
  const { bytes } = await makeDisk("raw", { folder: await tempDir() });
  const secret = join(await tempDir(), "secret");
  await writeFile(secret, Buffer.alloc(1024 * 1024, "host secret"));
  const overlay = join(await tempDir(), "overlay.qcow2");
  run("qemu-img", "create", "-q", "-f", "qcow2", "-b", secret, "-F", "raw", overlay);
  // The guest's own content, a sector behind the start, is nobody's business.
  (await readFile(overlay)).copy(bytes, 512);
  const path = await rewritten(bytes);
  expect((await readFile(path)).includes("host secret")).toBe(false);
  expect(run("qemu-img", "info", "-f", "qcow2", path)).not.toContain("backing");
});

it("what leads out of the file is refused, and no byte of the host is read", async () => {
  const folder = await tempDir();
  const secret = join(folder, "secret.raw");
  await writeFile(secret, Buffer.alloc(1024 * 1024, "host secret"));
  const at = (name: string) => join(folder, name);
  const make = (...words: string[]) => run("qemu-img", "create", "-q", ...words);
  make("-f", "qcow2", "-b", secret, "-F", "raw", at("backing"));
  make(
    "-f",
    "qcow2",
    "-b",
    'json:{"driver":"raw","file.filename":"/etc/passwd"}',
    "-u",
    "-F",
    "raw",
    at("json"),
    "1M",
  );
  make("-f", "qcow2", "-o", `data_file=${at("data")},data_file_raw=on`, at("external"), "1M");
  make("-f", "qcow2", at("luks"), "1M");
  const luks = await readFile(at("luks"));
  luks.writeUInt32BE(2, 32);
  await writeFile(at("luks"), luks);
  make("-f", "qcow2", "-o", "extended_l2=on", at("extended"), "1M");
  make("-f", "qcow2", "-o", "compression_type=zstd", at("zstd"), "1M");
  make("-f", "vmdk", "-o", "subformat=monolithicFlat", at("flat"), "1M");
  make("-f", "vmdk", "-o", "subformat=monolithicSparse", at("sparse"), "1M");
  make("-f", "qed", at("qed"), "1M");
  make("-f", "vdi", at("vdi"), "1M");
  make("-f", "vhdx", at("vhdx"), "1M");
  const reasons: Record<string, unknown> = {};
  const names = ["backing", "json", "external", "luks", "extended", "zstd", "flat", "sparse"];
  for (const name of [...names, "qed", "vdi", "vhdx"]) {
    reasons[name] = await reasonOf(await readFile(at(name)));
  }
  expect(reasons).toEqual({
    backing: "appliance.disk_backing",
    json: "appliance.disk_backing",
    external: "appliance.disk_external",
    luks: "appliance.disk_encrypted",
    extended: "appliance.disk_features",
    zstd: "appliance.disk_features",
    flat: "appliance.vmdk_kind",
    sparse: "appliance.vmdk_kind",
    qed: "appliance.disk_format",
    vdi: "appliance.disk_format",
    vhdx: "appliance.disk_format",
  });
  await rm(secret);
});

it("a VMDK's description that names files of the host is refused", async () => {
  const { bytes } = await makeStreamVmdk({ folder: await tempDir() });
  const at = bytes.readUInt32LE(28) * 512;
  const length = bytes.readUInt32LE(36) * 512;
  const text = bytes
    .subarray(at, at + length)
    .toString("latin1")
    .replaceAll("\0", "");
  const [extent = ""] = /^RW .*$/m.exec(text) ?? [];
  const edited = (change: string) => {
    const copy = Buffer.from(bytes);
    copy.fill(0, at, at + length);
    copy.write(change, at, "latin1");
    return reasonOf(copy);
  };
  const size = /\d+/.exec(extent)?.[0];
  expect(extent).not.toBe("");
  expect(await edited(text)).toBe(null);
  const flat = `RW ${size} FLAT "/etc/shadow" 0`;
  expect(await edited(text.replace(extent, flat))).toBe("appliance.vmdk_extent");
  expect(await edited(text.replace(extent, `${extent}\n${flat}`))).toBe("appliance.vmdk_extent");
  const away = extent.replace(/"[^"]+"/, '"../../etc/shadow"');
  expect(await edited(text.replace(extent, away))).toBe("appliance.vmdk_extent");
  const flatKind = text.replace("streamOptimized", "monolithicFlat");
  expect(await edited(flatKind)).toBe("appliance.vmdk_kind");
  expect(await edited(text.replace("parentCID=ffffffff", "parentCID=12345678"))).toBe(
    "appliance.disk_parent",
  );
});

it("a small file that lists one table for 8 TiB ends by its signal, and lets others have their turn", async () => {
  const { bytes } = await makeDisk("qcow2", { folder: await tempDir() });
  const tables = 16_384;
  const first = Buffer.alloc(tables * 8);
  const own = bytes.readBigUInt64BE(Number(bytes.readBigUInt64BE(40)));
  for (let at = 0; at < tables; at++) first.writeBigUInt64BE(own, at * 8);
  const wide = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 0xffff), first]);
  wide.writeBigUInt64BE(BigInt(tables) * 512n * 1024n ** 2n, 24);
  wide.writeUInt32BE(tables, 36);
  wide.writeBigUInt64BE(BigInt(wide.length - first.length), 40);
  const disk = await openDisk(sourceOf(wide));
  const given = new AbortController();
  setImmediate(() => given.abort());
  await expect(buildQcow2(disk, given.signal)).rejects.toMatchObject({ name: "AbortError" });
});

it("a damaged disk ends with a reason: cut off, entries that lead out, pieces that grow", async () => {
  const vmdk = (await makeStreamVmdk({ folder: await tempDir() })).bytes;
  const qcow2 = (await makeDisk("qcow2", { folder: await tempDir(), options: ["-c"] })).bytes;
  for (const whole of [vmdk, qcow2]) {
    for (const share of [0.1, 0.5]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      expect(await reasonOf(cut)).toMatch(/^appliance\.(truncated|disk_damaged|vmdk_kind)$/);
    }
  }
  // The first grain as one that becomes far more than a grain.
  const bomb = deflateSync(Buffer.alloc(8 * 1024 * 1024));
  const table = vmdk.readUInt32LE(vmdk.readUInt32LE(56) * 512) * 512;
  const at = vmdk.readUInt32LE(table) * 512;
  const copy = Buffer.from(vmdk);
  copy.writeUInt32LE(bomb.length, at + 8);
  bomb.copy(copy, at + 12);
  expect(await reasonOf(copy)).toBe("appliance.disk_damaged");
  const huge = Buffer.from(qcow2);
  huge.writeBigUInt64BE(1n << 50n, 24);
  expect(await reasonOf(huge)).toBe("appliance.disk_too_large");
  const wide = Buffer.from(vmdk);
  wide.writeBigUInt64LE(1n << 42n, 12);
  expect(await reasonOf(wide)).toMatch(/^appliance\.(vmdk_extent|disk_too_large)$/);
});
