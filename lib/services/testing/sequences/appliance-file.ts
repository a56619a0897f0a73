import { tempDir } from "@/lib/db/testing/temp-db";
import { makeOvf, makeStreamVmdk, makeTar } from "@/lib/hypervisor/appliance/testing/make-ova";

interface ApplianceFile {
  whole: Buffer;
  /** Looks the same, but what its last disk holds cannot be unpacked. */
  spoiled: Buffer;
}

let made: Promise<ApplianceFile> | null = null;

/** An archive of a machine with two disks, made at the first call. */
export function applianceFile(): Promise<ApplianceFile> {
  made ??= make();
  return made;
}

async function make(): Promise<ApplianceFile> {
  const { bytes } = await makeStreamVmdk({ folder: await tempDir() });
  // What follows the tables of a disk is its content, packed.
  const content = Math.floor(bytes.length / 2);
  const broken = Buffer.concat([bytes.subarray(0, content), Buffer.alloc(bytes.length - content)]);
  return { whole: archive([bytes, bytes]), spoiled: archive([bytes, broken]) };
}

function archive(disks: readonly Buffer[]): Buffer {
  const files = disks.map((bytes, at) => ({ name: `box-${at}.vmdk`, bytes }));
  const words = files.map(({ name, bytes }) => ({ href: name, size: bytes.length }));
  return makeTar([{ name: "box.ovf", bytes: makeOvf({ files: words, name: "box" }) }, ...files]);
}
