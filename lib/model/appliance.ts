import { z } from "zod";
import { networkSchema } from "./nic";
import { createVmSchema, type DiskFormat, type Firmware, firmwares, vmNameSchema } from "./vm";

/** Bounds of what is read of a VM's file; nothing is taken from it that lies beyond them. */
export const applianceLimits = {
  /** Files in an archive, and what their table of contents is read for. */
  files: 32,
  /** Of the descriptor and of the list of checksums. */
  textBytes: 1024 * 1024,
  disks: 8,
  nics: 8,
} as const;

/** What a disk comes as. VMDK: only the kind that is one file and made to be sent. */
export const sourceFormats = ["vmdk", "qcow2", "raw"] as const;
export type SourceFormat = (typeof sourceFormats)[number];

/**
 * Which hardware the guest finds: fast virtual devices that it needs drivers for, or a SATA disk and
 * an Intel card that nearly every system knows.
 */
export const importDrivers = ["virtio", "common"] as const;
export type ImportDrivers = (typeof importDrivers)[number];

/** What a disk is written as: by ourselves, so that nothing of the file is taken over but content. */
export const importedFormat: DiskFormat = "qcow2";

/** A disk as it lies in the uploaded file. */
const diskSchema = z.object({
  /** Shown and nothing else. */
  file: z.string(),
  format: z.enum(sourceFormats),
  /** Where it lies in the uploaded file. */
  offset: z.number(),
  sizeBytes: z.number(),
  /** Size that the guest sees, by the disk itself. */
  capacityBytes: z.number(),
});
export type ApplianceDisk = z.infer<typeof diskSchema>;

/** What a VM's file says of its VM: a small set of values, each with bounds. */
export const applianceSchema = z.object({
  kind: z.enum(["ova", "disk"]),
  name: z.string(),
  description: z.string(),
  /** What its maker calls the guest's system; empty when it says nothing. */
  os: z.string(),
  firmware: z.enum(firmwares),
  /** Null where it says nothing, or what no VM can have. */
  vcpus: z.number().nullable(),
  memoryMib: z.number().nullable(),
  drivers: z.enum(importDrivers),
  disks: z.array(diskSchema),
  /** Names of the networks that its cards were on. */
  networks: z.array(z.string()),
  /** Whether its files were compared with checksums that came with them. */
  verified: z.boolean(),
});
export type Appliance = z.infer<typeof applianceSchema>;

/** What is shown of it: not where in the file anything lies. */
export interface ApplianceView extends Omit<Appliance, "disks"> {
  disks: Omit<ApplianceDisk, "offset">[];
}

/** What the person chooses; all else comes from the file. */
export const importVmSchema = z.strictObject({
  imageId: z.string().min(1).max(40),
  name: vmNameSchema,
  vcpus: createVmSchema.shape.vcpus,
  memoryMib: createVmSchema.shape.memoryMib,
  network: networkSchema,
  firmware: z.enum(firmwares),
  drivers: z.enum(importDrivers),
  start: z.boolean(),
  /** Whether the uploaded file stays when the VM is there. */
  keep: z.boolean(),
});
export type ImportVmInput = z.infer<typeof importVmSchema>;

/** What becomes of the file when nothing else is chosen. */
export interface ImportDefaults {
  name: string;
  vcpus: number;
  memoryMib: number;
  firmware: Firmware;
  drivers: ImportDrivers;
}

/** Sizes that a file without words gets. */
const unsaid = { vcpus: 1, memoryMib: 1024 } as const;

/** What the form begins with. */
export function importDefaults(appliance: Omit<ApplianceView, "disks">): ImportDefaults {
  const { name, vcpus, memoryMib, firmware, drivers } = appliance;
  return {
    name,
    vcpus: vcpus ?? unsaid.vcpus,
    memoryMib: memoryMib ?? unsaid.memoryMib,
    firmware,
    drivers,
  };
}
