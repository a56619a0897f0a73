import type { ByteSource } from "@/lib/model/iso/bytes";
import { foreignFormat, headBytes, recognise } from "@/lib/model/iso/head";
import { vmLimits } from "@/lib/model/vm-limits";
import { refuse } from "../refuse";
import { qcow2Disk } from "./qcow2";
import { rawDisk } from "./raw";
import type { SourceDisk } from "./source-disk";
import { vmdkDisk } from "./vmdk";

const sectorBytes = 512;
const maxBytes = vmLimits.diskGib.max * 1024 ** 3;

/**
 * A disk by its own first bytes, never by a name or by what another file says of it. It is read by
 * our own eyes alone: no program that could be talked into opening what a disk refers to sees it.
 * Throws `input.invalid` with the reason. The content is not looked at before it is read.
 */
export async function openDisk(source: ByteSource): Promise<SourceDisk> {
  const disk = await readerOf(source);
  const { capacityBytes } = disk;
  if (capacityBytes === 0 || capacityBytes % sectorBytes !== 0) throw refuse("disk_damaged");
  return disk;
}

async function readerOf(source: ByteSource): Promise<SourceDisk> {
  const head = await source.read(0, Math.min(headBytes, source.sizeBytes));
  const format = foreignFormat(head);
  if (format === "qcow2") return qcow2Disk(source, maxBytes);
  if (format === "VMDK") return vmdkDisk(source, maxBytes);
  if (format !== null) throw refuse("disk_format", { format });
  const found = recognise(head);
  if (found.iso9660 || found.udf) throw refuse("disk_format", { format: "ISO" });
  if (source.sizeBytes > maxBytes) {
    throw refuse("disk_too_large", { limitGib: vmLimits.diskGib.max });
  }
  return rawDisk(source);
}
