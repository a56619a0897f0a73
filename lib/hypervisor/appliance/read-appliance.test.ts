import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import type { ByteSource } from "@/lib/model/iso/bytes";
import english from "@/messages/en/errors.json";
import chinese from "@/messages/zh-CN/errors.json";
import { readAppliance } from "./read-appliance";
import { refusals } from "./refuse";
import { tarHeader } from "./tar";
import {
  makeDisk,
  makeManifest,
  makeOvf,
  makeStreamVmdk,
  makeTar,
  type OvaFile,
  type OvfWords,
} from "./testing/make-ova";

let folder: string;
let vmdk: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portico-ova-"));
  vmdk = (await makeStreamVmdk({ folder })).bytes;
});
afterAll(() => rm(folder, { recursive: true }));

function sourceOf(bytes: Uint8Array, sizeBytes = bytes.length): ByteSource {
  return { sizeBytes, read: async (at, length) => bytes.subarray(at, at + length) };
}

function look(bytes: Uint8Array, name = "shop.ova", sizeBytes?: number) {
  const { signal } = new AbortController();
  return readAppliance(sourceOf(bytes, sizeBytes), name, { signal, onBytes: () => undefined });
}

async function reasonOf(bytes: Uint8Array, sizeBytes?: number) {
  const found = await look(bytes, "shop.ova", sizeBytes).catch((error: unknown) => error);
  const { code, userMessage } = found as { code: string; userMessage: { key: string } };
  expect(code).toBe("input.invalid");
  return userMessage.key.replace("appliance.", "");
}

/** An archive with one disk, and whatever differs. */
function archive(change: { ovf?: Partial<OvfWords>; first?: OvaFile[]; last?: OvaFile[] } = {}) {
  const { ovf = {}, first = [], last = [] } = change;
  const disk = { name: "shop-disk1.vmdk", bytes: vmdk };
  const files = [{ href: disk.name, size: vmdk.length }];
  const descriptor = { name: "shop.ovf", bytes: makeOvf({ files, ...ovf }) };
  return makeTar([...first, descriptor, disk, ...last]);
}

const raw = (name: string, text: string) => ({ name, bytes: Buffer.from(text) });

describe("what a VM's file says", () => {
  it("one of VirtualBox: SATA, an Intel card, sizes by words", async () => {
    const efi = '<vbox:Machine><Hardware><Firmware type="EFI"/></Hardware></vbox:Machine>';
    expect(await look(archive({ ovf: { system: efi } }))).toMatchObject({
      kind: "ova",
      name: "Shop",
      os: "Debian_64",
      firmware: "uefi",
      vcpus: 2,
      memoryMib: 512,
      drivers: "common",
      networks: ["NAT"],
      verified: false,
      disks: [{ file: "shop-disk1.vmdk", format: "vmdk", capacityBytes: 65 * 1024 ** 2 }],
    });
  });

  it("one of VMware: EFI by a setting, a power of two, checksums by SHA-1", async () => {
    const files = [{ href: "shop-disk1.vmdk" }];
    const hardware = '<vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>';
    const ovf = Buffer.from(
      makeOvf({ files, hardware }).toString().replace("MegaBytes", "byte * 2^20"),
    );
    const parts = [
      { name: "shop.ovf", bytes: ovf },
      { name: "shop-disk1.vmdk", bytes: vmdk },
    ];
    const manifest = { name: "shop.mf", bytes: makeManifest(parts, "sha1") };
    expect(await look(makeTar([...parts, manifest]))).toMatchObject({
      firmware: "uefi",
      memoryMib: 512,
      verified: true,
    });
  });

  it("a disk alone is named after its file, and told by its content", async () => {
    const { bytes } = await makeDisk("qcow2", { folder: await tempDir() });
    expect(await look(bytes, "Web server.raw")).toMatchObject({
      kind: "disk",
      name: "Web server",
      vcpus: null,
      disks: [{ format: "qcow2", capacityBytes: 65 * 1024 ** 2, offset: 0 }],
    });
    expect(
      await look((await makeDisk("raw", { folder: await tempDir() })).bytes, "x.qcow2"),
    ).toMatchObject({
      disks: [{ format: "raw" }],
    });
  });

  it("values beyond any bound count as unsaid, and text of a stranger is made harmless", async () => {
    const ovf = makeOvf({ files: [{ href: "shop-disk1.vmdk" }], name: "a\u202eb\u0007<b>&amp;" });
    const wide = ovf.toString().replace("Quantity>2<", "Quantity>99999<").replace(">512<", ">1e9<");
    const files = [
      { name: "s.ovf", bytes: Buffer.from(wide.replace("<b>", "&lt;b&gt;")) },
      { name: "shop-disk1.vmdk", bytes: vmdk },
    ];
    const found = await look(makeTar(files));
    expect(found).toMatchObject({ vcpus: null, memoryMib: null });
    expect(found.name).toMatch(/^a b/);
    expect(found.name).not.toMatch(/\p{C}/u);
  });
});

describe("hostile archives", () => {
  const other = raw("x.txt", "hello");
  it.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ["a path that climbs", () => archive({ last: [raw("../../etc/cron.d/x", "*")] }), "tar_name"],
    ["an absolute path", () => archive({ first: [raw("/etc/cron.d/x", "*")] }), "tar_name"],
    ["a folder's path", () => archive({ first: [raw("a/b", "*")] }), "tar_name"],
    ["a path of Windows", () => archive({ first: [raw("C:x", "*")] }), "tar_name"],
    ["a control character", () => archive({ first: [raw("a\u0007b", "*")] }), "tar_name"],
    ["one name twice", () => archive({ first: [raw("SHOP.OVF", "<x/>")] }), "tar_twice"],
    ["two descriptors", () => archive({ first: [raw("other.ovf", "<x/>")] }), "no_ovf"],
    ["no descriptor", () => makeTar([other]), "no_ovf"],
    ["nothing at all", () => makeTar([]), "too_small"],
    [
      "more files than are read",
      () => archive({ first: Array.from({ length: 40 }, (_, at) => raw(`f${at}`, "")) }),
      "tar_files",
    ],
    ["a second archive behind the end", () => Buffer.concat([archive(), archive()]), "tar_after"],
    [
      "text behind the end",
      () => Buffer.concat([archive(), Buffer.from("more".padEnd(512))]),
      "tar_after",
    ],
    ["half of it", () => archive().subarray(0, 20 * 512), "truncated"],
    ["no end", () => archive().subarray(0, -1024), "truncated"],
    ["a header whose sum is wrong", () => edited(archive(), 10, "zz"), "tar_damaged"],
    ["a file larger than the archive", () => sized(archive(), 1e12), "truncated"],
    ["a size that is negative", () => negative(archive()), "tar_damaged"],
  ])("%s", async (_name, make, reason) => {
    const bytes = await make();
    // The archive that starts with another file is told by its first header all the same.
    expect(await reasonOf(bytes)).toBe(reason);
  });

  it("links, folders, devices, sparse files and headers that change others", async () => {
    const dir = await tempDir();
    const at = (name: string) => join(dir, name);
    const tar = async (...words: string[]) => {
      execFileSync("tar", ["-C", dir, "-cf", at("made.ova"), ...words]);
      return reasonOf(await readFile(at("made.ova")));
    };
    await symlink("/etc/shadow", at("shop-disk1.vmdk"));
    expect(await tar("shop-disk1.vmdk")).toBe("tar_kind");
    await mkdir(at("folder"));
    expect(await tar("folder")).toBe("tar_kind");
    execFileSync("mkfifo", [at("pipe")]);
    expect(await tar("pipe")).toBe("tar_kind");
    await writeFile(at("one"), "x");
    execFileSync("ln", [at("one"), at("two")]);
    expect(await tar("one", "two")).toBe("tar_kind");
    await writeFile(at("holes"), "x");
    await truncate(at("holes"), 1 << 26);
    expect(await tar("--format=gnu", "-S", "holes")).toBe("tar_kind");
    expect(await tar("--format=posix", "-S", "holes")).toBe("tar_kind");
    const long = "n".repeat(120);
    await writeFile(at(long), "x");
    expect(await tar("--format=gnu", long)).toBe("tar_kind");
    expect(await tar("--format=posix", "--pax-option=path=../../x", "one")).toBe("tar_kind");
    expect(await tar("--format=posix", "--pax-option=globexthdr.name=x,path=/x", "one")).toBe(
      "tar_kind",
    );
    const device = tarHeader("null", 0, new Date(0));
    const block = summed(edited(device, 156, "3"));
    expect(await reasonOf(Buffer.concat([block, Buffer.alloc(1024)]))).toBe("tar_kind");
  });
});

describe("hostile descriptors", () => {
  const laughs = Array.from(
    { length: 9 },
    (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
  ).join("");
  const doctype = (inner: string) => (ovf: string) =>
    ovf.replace("<Envelope", `<!DOCTYPE x [${inner}]><Envelope`);
  const href = (to: string) => (ovf: string) =>
    ovf.replace('href="shop-disk1.vmdk"', `href="${to}"`);
  it.each<[string, (ovf: string) => string | Buffer, string]>([
    ["a billion laughs", doctype(`<!ENTITY l0 "ha">${laughs}`), "ovf_entities"],
    ["an entity from a file", doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'), "ovf_entities"],
    ["one of parameters", doctype('<!ENTITY % x SYSTEM "http://127.0.0.1/">%x;'), "ovf_entities"],
    ["a document type by a small word", (ovf) => `<!doctype x>${ovf}`, "ovf_entities"],
    [
      "2 MiB of it",
      (ovf) => ovf.replace("</Envelope>", `${" ".repeat(2 << 20)}</Envelope>`),
      "ovf_too_large",
    ],
    [
      "depth",
      (ovf) =>
        ovf.replace("</Envelope>", `${"<a>".repeat(50_000)}${"</a>".repeat(50_000)}</Envelope>`),
      "ovf_damaged",
    ],
    ["no XML", () => "hello", "ovf_damaged"],
    ["another document", () => "<domain/>", "ovf_damaged"],
    ["UTF-16", (ovf) => Buffer.from(ovf, "utf16le"), "ovf_damaged"],
    ["a disk by http", href("http://127.0.0.1:16509/x.vmdk"), "ovf_reference"],
    ["a disk by file:", href("file:///etc/passwd"), "ovf_reference"],
    ["a disk that climbs", href("../../etc/passwd"), "ovf_reference"],
    ["a disk by its path", href("/etc/passwd"), "ovf_reference"],
    ["a disk that is not there", href("other.vmdk"), "ovf_missing"],
    ["a disk of another size", (ovf) => ovf.replace(/ovf:size="\d+"/, 'ovf:size="7"'), "ovf_size"],
    [
      "a packed disk",
      (ovf) => ovf.replace("<File ", '<File ovf:compression="gzip" '),
      "ovf_packed",
    ],
    ["a disk in chunks", (ovf) => ovf.replace("<File ", '<File ovf:chunkSize="7" '), "ovf_packed"],
    [
      "a disk on another",
      (ovf) => ovf.replace("<Disk ", '<Disk ovf:parentRef="p" '),
      "disk_parent",
    ],
    ["a disk without a file", (ovf) => ovf.replace('ovf:fileRef="file0"', ""), "disk_empty"],
    [
      "no disk",
      (ovf) => ovf.replace(/<Disk .*\/>/, "").replace(/<Item><rasd:AddressOnParent>.*/, ""),
      "no_disk",
    ],
    [
      "two machines",
      (ovf) => ovf.replace("</Envelope>", "<VirtualSystem/></Envelope>"),
      "ovf_systems",
    ],
    ["itself as a disk", href("shop.ovf"), "disk_damaged"],
  ])("%s", async (_name, change, reason) => {
    const ovf = makeOvf({ files: [{ href: "shop-disk1.vmdk", size: vmdk.length }] }).toString();
    const made = change(ovf);
    const bytes = typeof made === "string" ? Buffer.from(made) : made;
    expect(bytes.equals(Buffer.from(ovf))).toBe(false);
    const files = [
      { name: "shop.ovf", bytes },
      { name: "shop-disk1.vmdk", bytes: vmdk },
    ];
    const own = reason === "disk_damaged" ? /ovf_size|disk_damaged/ : new RegExp(`^${reason}$`);
    expect(await reasonOf(makeTar(files))).toMatch(own);
  });

  it("more disks than a VM is given", async () => {
    const files = Array.from({ length: 9 }, (_, at) => ({ href: `d${at}` }));
    const disks = files.map(({ href: name }) => ({ name, bytes: vmdk }));
    const ovf = { name: "a.ovf", bytes: makeOvf({ files }) };
    expect(await reasonOf(makeTar([ovf, ...disks]))).toBe("too_many_disks");
  });

  it("a disk inside that leads out, and one that is none that is read", async () => {
    const files = [{ href: "d" }];
    const ovf = { name: "a.ovf", bytes: makeOvf({ files }) };
    const secret = join(await tempDir(), "overlay.qcow2");
    const words = ["-u", "-b", "/etc/passwd", "-F", "raw", secret, "1M"];
    execFileSync("qemu-img", ["create", "-q", "-f", "qcow2", ...words]);
    const overlay = { name: "d", bytes: await readFile(secret) };
    expect(await reasonOf(makeTar([ovf, overlay]))).toBe("disk_backing");
    const gzip = {
      name: "d",
      bytes: Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(510)]),
    };
    expect(await reasonOf(makeTar([ovf, gzip]))).toBe("disk_format");
  });
});

describe("checksums that came with it", () => {
  const parts = () => [
    { name: "a.ovf", bytes: makeOvf({ files: [{ href: "d.vmdk" }] }) },
    { name: "d.vmdk", bytes: vmdk },
  ];
  const withList = (bytes: Buffer) => reasonOf(makeTar([...parts(), { name: "a.mf", bytes }]));

  it("a wrong one, one of a file that is not there, none of a disk, and nonsense", async () => {
    const list = makeManifest(parts()).toString();
    const wrong = list.replace(/= [0-9a-f]/g, (found) => (found === "= 0" ? "= 1" : "= 0"));
    expect(await withList(Buffer.from(wrong))).toBe("manifest_digest");
    const more = `${list}SHA256(gone)= ${"0".repeat(64)}\n`;
    expect(await withList(Buffer.from(more))).toBe("manifest_missing");
    const [first = ""] = list.split("\n");
    expect(await withList(Buffer.from(first))).toBe("manifest_missing");
    expect(await withList(Buffer.from("MD5(a.ovf)= 00\n"))).toBe("manifest_damaged");
    expect(await withList(Buffer.from("rm -rf /\n"))).toBe("manifest_damaged");
    expect(await withList(Buffer.alloc(2 << 20, 10))).toBe("ovf_too_large");
  });
});

it("every reason has words in both languages", () => {
  for (const { appliance } of [english, chinese]) {
    const words: Record<string, string> = appliance;
    expect(refusals.filter((reason) => !words[reason])).toEqual([]);
  }
});

function edited(bytes: Buffer, at: number, text: string): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(text, at);
  return copy;
}

/** The first header with its sum made right again. */
function summed(bytes: Buffer): Buffer {
  bytes.fill(" ", 148, 156);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}

function sized(bytes: Buffer, sizeBytes: number): Buffer {
  const header = tarHeader("shop.ovf", sizeBytes, new Date(0));
  return Buffer.concat([header, bytes.subarray(512)]);
}

function negative(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, 124, 136);
  return summed(copy);
}
