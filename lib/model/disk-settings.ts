import { z } from "zod";

/** How a disk is plugged in; all three are virtual, and a guest needs a driver for each. */
export const diskBuses = ["virtio", "scsi", "sata"] as const;
export type DiskBus = (typeof diskBuses)[number];

/** QEMU's `unsafe` is not offered: it does not write when the guest asks it to. */
export const diskCaches = ["none", "writeback", "writethrough", "directsync"] as const;
export type DiskCache = (typeof diskCaches)[number];

/** What becomes of blocks that the guest gives up: given back to the host, or kept. */
export const diskDiscards = ["unmap", "ignore"] as const;
export type DiskDiscard = (typeof diskDiscards)[number];

/** What a definition says of a disk besides its content; virsh may have set anything. */
export interface DiskSettings {
  bus: string;
  /** "default" where the definition leaves it to QEMU, which takes writeback. */
  cache: string;
  discard: string;
  /** What the guest reads as its serial number; null: none. */
  serial: string | null;
}

/** Of a disk that Portico makes, but for what its pool cannot do; its serial number is its own. */
export const newDiskSettings: DiskSettings = {
  bus: "virtio",
  cache: "none",
  discard: "unmap",
  serial: null,
};

/** What is absent stays. */
export interface DiskSettingsAsked {
  bus?: DiskBus | undefined;
  cache?: DiskCache | undefined;
  discard?: DiskDiscard | undefined;
  serial?: string | null | undefined;
}

/** ATA and virtio-blk carry 20 characters of it, and no more. */
export const SERIAL_LENGTH = 20;

export const diskSettingsSchema = z.strictObject({
  bus: z.enum(diskBuses).optional(),
  cache: z.enum(diskCaches).optional(),
  discard: z.enum(diskDiscards).optional(),
  serial: z
    .string()
    .regex(/^[A-Za-z0-9_.+-]{1,20}$/, "field.disk_serial")
    .nullable()
    .optional(),
}) satisfies z.ZodType<DiskSettingsAsked>;
