import { execFile } from "node:child_process";
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ByteSource } from "./bytes";
import { checkIsoHead, headBytes } from "./head";
import { type IsoVerdict, inspectIso } from "./inspect";

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portico-iso-"));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** A source over bytes that fails a test which reads outside of the file. */
function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    async read(offset, length) {
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(length).toBeLessThanOrEqual(1 << 20);
      return bytes.slice(offset, offset + length);
    },
  };
}

async function inspectFile(path: string): Promise<IsoVerdict> {
  return inspectIso(sourceOf(await readFile(path)));
}

let made = 0;

/** A real ISO image of the files given, made by xorriso. */
async function makeIso(label: string, files: string[], options: string[] = []): Promise<string> {
  const tree = join(folder, `tree-${made++}`);
  for (const file of files) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), `${file}\n`.repeat(file === "big.bin" ? 400_000 : 200));
  }
  const path = `${tree}.iso`;
  const args = ["-as", "mkisofs", "-quiet", "-R", "-J", "-V", label, ...options, "-o", path, tree];
  await run("xorriso", args);
  return path;
}

async function makeImage(format: string, options: string[] = []): Promise<string> {
  const path = join(folder, `disk-${made++}.iso`);
  await run("qemu-img", ["create", "-q", "-f", format, ...options, path, "16M"]);
  return path;
}

function found(verdict: IsoVerdict) {
  if (!verdict.ok) throw new Error(`refused: ${verdict.reason.key}`);
  return verdict.iso;
}

function reasonOf(verdict: IsoVerdict) {
  return verdict.ok ? null : verdict.reason;
}

describe("what is an ISO image", () => {
  it("is accepted, with its label", async () => {
    const path = await makeIso("MY_LABEL", ["readme.txt"]);
    expect(found(await inspectFile(path))).toEqual({
      volumeLabel: "MY_LABEL",
      osFamily: "other",
      bootable: { bios: false, uefi: false },
    });
  });

  it("tells BIOS and UEFI boot by its El Torito catalogue", async () => {
    const bios = ["-b", "boot/bios.img", "-no-emul-boot", "-c", "boot/cat"];
    const uefi = ["-eltorito-alt-boot", "-e", "boot/efi.img", "-no-emul-boot"];
    const files = ["boot/bios.img", "boot/efi.img"];
    const both = await makeIso("BOTH", files, [...bios, ...uefi]);
    expect(found(await inspectFile(both)).bootable).toEqual({ bios: true, uefi: true });
    const one = await makeIso("BIOS", files, bios);
    expect(found(await inspectFile(one)).bootable).toEqual({ bios: true, uefi: false });
    const other = await makeIso("UEFI", files, ["-e", "boot/efi.img", "-no-emul-boot"]);
    expect(found(await inspectFile(other)).bootable).toEqual({ bios: false, uefi: true });
  });

  it("may carry a partition table, as hybrid images do", async () => {
    const path = await makeIso(
      "HYBRID",
      ["boot/efi.img"],
      [
        "-partition_offset",
        "16",
        "-append_partition",
        "2",
        "0xef",
        join(folder, `tree-${made}`, "boot/efi.img"),
      ],
    );
    expect((await readFile(path)).readUInt16LE(510)).toBe(0xaa55);
    expect(found(await inspectFile(path)).volumeLabel).toBe("HYBRID");
  });

  it.each([
    ["Ubuntu-Server 24.04 LTS amd64", ["casper/vmlinuz"], "ubuntu"],
    ["X", ["casper/vmlinuz", ".disk/info"], "ubuntu"],
    ["Debian 12.5.0 amd64 n", ["install.amd/vmlinuz"], "debian"],
    ["X", [".disk/info", "install.amd/vmlinuz"], "debian"],
    ["Fedora-WS-Live-40-1-14", ["LiveOS/squashfs.img"], "fedora"],
    ["X", ["images/pxeboot/vmlinuz"], "fedora"],
    ["openSUSE-Leap-15.6-DVD", ["boot/x86_64/a"], "suse"],
    ["ARCH_202405", ["arch/boot/a"], "arch"],
    ["X", ["apks/a"], "alpine"],
    ["FREEBSD_INSTALL", ["boot/loader.conf"], "bsd"],
    ["CCCOMA_X64FRE_EN-US_DV9", ["README.TXT"], "windows"],
    ["X", ["sources/install.wim", "bootmgr"], "windows"],
    ["ISOIMAGE", ["boot/grub/grub.cfg"], "linux"],
    ["HOLIDAY", ["photos/a.jpg"], "other"],
  ])("guesses the family of %s with %s", async (label, files, family) => {
    const path = await makeIso(label, files, ["-r", "-joliet-long"]);
    expect(found(await inspectFile(path)).osFamily).toBe(family);
  });
});

describe("a plain UDF image", () => {
  const sector = 2048;

  /** The few structures that lead to the label; no tool of the distribution writes plain UDF. */
  function makeUdf(label: string): Buffer {
    const bytes = Buffer.alloc(300 * sector);
    for (const [index, name] of ["BEA01", "NSR03", "TEA01"].entries()) {
      bytes.write(name, (16 + index) * sector + 1, "latin1");
    }
    const tag = (at: number, id: number) => {
      bytes.writeUInt16LE(id, at);
      let sum = 0;
      for (let index = 0; index < 16; index++) sum += index === 4 ? 0 : (bytes[at + index] ?? 0);
      bytes[at + 4] = sum & 0xff;
    };
    bytes.writeUInt32LE(16 * sector, 256 * sector + 16);
    bytes.writeUInt32LE(257, 256 * sector + 20);
    tag(256 * sector, 2);
    const logical = 258 * sector;
    bytes[logical + 84] = 8;
    bytes.write(label, logical + 85, "latin1");
    bytes[logical + 84 + 127] = label.length + 1;
    tag(257 * sector, 1);
    tag(logical, 6);
    return bytes;
  }

  it("is accepted with the label of its logical volume", async () => {
    expect(found(await inspectIso(sourceOf(makeUdf("WIN_SERVER"))))).toMatchObject({
      volumeLabel: "WIN_SERVER",
      osFamily: "windows",
    });
  });

  it("is accepted without a label when the anchor is broken or points outside", async () => {
    const broken = makeUdf("GONE");
    broken[256 * sector + 4] = 1;
    expect(found(await inspectIso(sourceOf(broken))).volumeLabel).toBeNull();
    const outside = makeUdf("GONE");
    outside.writeUInt32LE(0xffffffff, 256 * sector + 20);
    expect(found(await inspectIso(sourceOf(outside))).volumeLabel).toBeNull();
  });
});

describe("what is none", () => {
  it.each([
    ["qcow2", "qcow2"],
    ["vmdk", "VMDK"],
    ["vdi", "VDI"],
    ["qed", "QED"],
    ["vpc", "VHD"],
    ["vhdx", "VHDX"],
    ["parallels", "Parallels"],
  ])("a %s image that is named .iso is refused by its format", async (format, name) => {
    const verdict = await inspectFile(await makeImage(format));
    expect(reasonOf(verdict)).toEqual({ key: "image.foreign_format", values: { format: name } });
  });

  it("a VMDK descriptor that points at a host file is refused", async () => {
    const path = join(folder, "flat.iso");
    const text = '# Disk DescriptorFile\nRW 4 FLAT "/etc/shadow" 0\n';
    await writeFile(path, text.padEnd(65_536));
    expect(reasonOf(await inspectFile(path))?.key).toBe("image.foreign_format");
  });

  it("a LUKS header is refused", async () => {
    const bytes = Buffer.alloc(1 << 20);
    bytes.write("LUKS\xba\xbe\0\x02", "latin1");
    expect(reasonOf(await inspectIso(sourceOf(bytes)))?.values).toEqual({ format: "LUKS" });
  });

  it.each(["gzip", "xz", "bzip2"])("a compressed (%s) image is refused", async (tool) => {
    const path = await makeIso("PACKED", ["a"]);
    await run(tool, ["-kf", path]);
    const suffix = { gzip: "gz", xz: "xz", bzip2: "bz2" }[tool];
    const verdict = await inspectFile(`${path}.${suffix}`);
    expect(reasonOf(verdict)).toEqual({ key: "image.foreign_format", values: { format: tool } });
  });

  it("a raw disk is refused", async () => {
    expect(reasonOf(await inspectFile(await makeImage("raw")))?.key).toBe("image.not_iso");
  });

  it("a qcow2 with an ISO's descriptors in it is refused: both would be true", async () => {
    const iso = await readFile(await makeIso("POLYGLOT", ["a"]));
    const qcow2 = await readFile(await makeImage("qcow2"));
    const both = Buffer.from(iso);
    qcow2.copy(both, 0, 0, 512);
    expect(both.toString("latin1", 32769, 32774)).toBe("CD001");
    expect(reasonOf(await inspectIso(sourceOf(both)))).toEqual({
      key: "image.foreign_format",
      values: { format: "qcow2" },
    });
  });

  it("an ISO with a VHD footer is refused", async () => {
    const iso = await readFile(await makeIso("FOOTER", ["a"]));
    const footer = Buffer.alloc(512);
    footer.write("conectix");
    const verdict = await inspectIso(sourceOf(Buffer.concat([iso, footer])));
    expect(reasonOf(verdict)?.values).toEqual({ format: "VHD" });
  });

  it("half an image is refused as truncated, padding aside", async () => {
    const path = await makeIso("LONG", ["big.bin"]);
    const whole = await readFile(path);
    const verdict = await inspectIso(sourceOf(whole.subarray(0, 900_000)));
    expect(reasonOf(verdict)?.key).toBe("image.truncated");
    expect((await inspectIso(sourceOf(whole.subarray(0, whole.length - 300 * 1024)))).ok).toBe(
      true,
    );
  });

  it("an empty, a tiny and a zeroed file are refused", async () => {
    expect(reasonOf(await inspectIso(sourceOf(new Uint8Array(0))))?.key).toBe("image.too_small");
    expect(reasonOf(await inspectIso(sourceOf(new Uint8Array(100))))?.key).toBe("image.too_small");
    const zeroes = new Uint8Array(1 << 20);
    expect(reasonOf(await inspectIso(sourceOf(zeroes)))?.key).toBe("image.not_iso");
  });

  it("descriptors without a sound root directory are refused as damaged", async () => {
    const iso = await readFile(await makeIso("DAMAGED", ["a"]));
    const damaged = Buffer.from(iso);
    damaged.fill(0, 16 * 2048 + 156, 16 * 2048 + 190);
    expect(reasonOf(await inspectIso(sourceOf(damaged)))?.key).toBe("image.damaged");
  });
});

describe("hostile bytes", () => {
  it("never crash, hang or read outside of the file", async () => {
    const path = await makeIso(
      "FUZZ",
      ["boot/grub/a", "sources/b", "images/c"],
      ["-b", "boot/grub/a", "-no-emul-boot"],
    );
    const iso = await readFile(path);
    const change = fc.record({
      // Descriptors, boot catalogue and directories are in the first 150 KiB.
      at: fc.integer({ min: 16 * 2048, max: Math.min(iso.length, 150_000) - 1 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    });
    const changes = fc.array(change, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(changes, fc.integer({ min: 0, max: iso.length }), async (edits, cut) => {
        const bytes = Buffer.from(iso.subarray(0, cut % 3 === 0 ? cut : iso.length));
        for (const { at, bytes: edit } of edits) {
          if (at < bytes.length) bytes.set(edit.slice(0, bytes.length - at), at);
        }
        const verdict = await inspectIso(sourceOf(bytes));
        if (verdict.ok) expect(verdict.iso.volumeLabel ?? "").not.toMatch(/\p{Cc}/u);
        else expect(verdict.reason.key).toMatch(/^image\.\w+$/);
      }),
      { numRuns: 400 },
    );
  });

  it("random data after a valid marker is judged all the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 4096, maxLength: 8192 }), async (noise) => {
        const bytes = Buffer.alloc(80_000);
        for (let at = 16 * 2048; at < bytes.length; at += noise.length) {
          bytes.set(noise.subarray(0, bytes.length - at), at);
        }
        bytes.write("\x01CD001\x01", 16 * 2048, "latin1");
        expect((await inspectIso(sourceOf(bytes))).ok).toBeTypeOf("boolean");
      }),
      { numRuns: 200 },
    );
  });
});

describe("the head alone", () => {
  it("decides the same as the whole file, so that an upload can stop early", async () => {
    const iso = await makeIso("EARLY", ["a"]);
    const qcow2 = await makeImage("qcow2", ["-o", "preallocation=full"]);
    for (const [path, key] of [
      [iso, undefined],
      [qcow2, "image.foreign_format"],
    ] as const) {
      const file = await open(path);
      const { size } = await file.stat();
      const head = new Uint8Array(headBytes);
      const { bytesRead } = await file.read(head, 0, headBytes, 0);
      await file.close();
      expect(checkIsoHead(head.subarray(0, bytesRead), size)?.key).toBe(key);
    }
  });
});
