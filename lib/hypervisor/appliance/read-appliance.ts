import { type Appliance, type ApplianceDisk, applianceLimits } from "@/lib/model/appliance";
import { checkApplianceHead, isTar } from "@/lib/model/appliance-head";
import { AppError } from "@/lib/model/errors";
import type { ByteSource } from "@/lib/model/iso/bytes";
import { headBytes } from "@/lib/model/iso/head";
import { vmLimits } from "@/lib/model/vm-limits";
import { openDisk } from "./disk/open-disk";
import { partOf } from "./part-of";
import { readManifest, verifyManifest } from "./read-manifest";
import { readOvf } from "./read-ovf";
import { readTar, type TarFile } from "./read-tar";
import { refuse, shownText } from "./refuse";

interface Watch {
  signal: AbortSignal;
  /** Bytes that were compared with checksums so far. */
  onBytes(bytes: number): void;
}

/**
 * What an uploaded file says of a VM: an archive of OVF, or a disk alone, told apart by content.
 * `fileName` only names the VM where nothing else does. Nothing is written, unpacked or handed to
 * another program. Throws `input.invalid` with the reason why it is not taken.
 */
export async function readAppliance(
  source: ByteSource,
  fileName: string,
  watch: Watch,
): Promise<Appliance> {
  const head = await source.read(0, Math.min(headBytes, source.sizeBytes));
  const reason = checkApplianceHead(head, source.sizeBytes);
  if (reason) {
    const message = `a VM's file was refused: ${reason.key}`;
    throw new AppError({ code: "input.invalid", message, userMessage: reason });
  }
  const named = shownText(fileName.replace(/\.[a-z0-9]{1,8}$/i, ""), vmLimits.nameLength);
  if (isTar(head)) return readArchive(source, named, watch);
  const disk = await describe(source, { name: fileName, offset: 0, sizeBytes: source.sizeBytes });
  return {
    kind: "disk",
    name: named,
    description: "",
    os: "",
    firmware: "bios",
    vcpus: null,
    memoryMib: null,
    drivers: "virtio",
    disks: [disk],
    networks: [""],
    verified: false,
  };
}

async function readArchive(source: ByteSource, named: string, watch: Watch): Promise<Appliance> {
  const files = await readTar(source);
  const [descriptor, other] = files.filter(({ name }) => /\.ovf$/i.test(name));
  if (descriptor === undefined || other !== undefined) throw refuse("no_ovf");
  const { diskFiles, ...facts } = readOvf(await textOf(source, descriptor));
  const found = diskFiles.map(({ file, sizeBytes }) => {
    const entry = files.find(({ name }) => name === file);
    if (entry === undefined) throw refuse("ovf_missing", { name: file });
    if (sizeBytes !== null && sizeBytes !== entry.sizeBytes)
      throw refuse("ovf_size", { name: file });
    return entry;
  });
  const disks: ApplianceDisk[] = [];
  for (const file of found) disks.push(await describe(source, file));
  const manifest = files.find(({ name }) => /\.mf$/i.test(name));
  if (manifest) {
    const digests = readManifest(await textOf(source, manifest));
    const taken = [descriptor, ...found].map(({ name }) => name);
    await verifyManifest(source, files, digests, taken, watch);
  }
  const name = facts.name === "" ? named : facts.name;
  return { ...facts, name, kind: "ova", disks, verified: manifest !== undefined };
}

async function describe(source: ByteSource, file: TarFile): Promise<ApplianceDisk> {
  const { format, capacityBytes } = await openDisk(partOf(source, file));
  const { name, offset, sizeBytes } = file;
  return { file: shownText(name, 80), format, offset, sizeBytes, capacityBytes };
}

async function textOf(source: ByteSource, file: TarFile): Promise<Uint8Array> {
  if (file.sizeBytes > applianceLimits.textBytes) throw refuse("ovf_too_large");
  return partOf(source, file).read(0, file.sizeBytes);
}
