import { z } from "zod";

/** A network card's address, as libvirt writes it. */
export const macSchema = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i);

/** Cards that QEMU can be; virtio is the fastest, the others are for guests without its driver. */
export const nicModels = ["virtio", "e1000e", "e1000", "rtl8139"] as const;
export type NicModel = (typeof nicModels)[number];

/** libvirt's name of a network on the host, or "user" for user-mode networking. */
export const networkSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_.-]+$/, "field.network.unknown");

export const moveNicSchema = z.strictObject({ network: networkSchema });
export const nicModelSchema = z.strictObject({ model: z.enum(nicModels) });

export const addNicSchema = z.strictObject({ ...moveNicSchema.shape, ...nicModelSchema.shape });

/** What the traffic of one direction is held to. */
export interface NicLimit {
  /** KiB per second, over time. */
  average: number;
  /** KiB per second, for a moment; null: as the average. */
  peak: number | null;
  /** KiB that may go at peak speed; null: libvirt's own choice. */
  burst: number | null;
}

/** In KiB, also per second: what libvirt can count. */
export const nicLimitMax = 4_000_000;

const limitFigure = z
  .number("field.nic_limit.number")
  .int("field.nic_limit.number")
  .min(1, "field.nic_limit.range")
  .max(nicLimitMax, "field.nic_limit.range");

const nicLimitSchema = z
  .strictObject({
    average: limitFigure,
    peak: limitFigure.nullable().default(null),
    burst: limitFigure.nullable().default(null),
  })
  .refine(({ average, peak }) => peak === null || peak >= average, {
    path: ["peak"],
    error: "field.nic_limit.peak",
  });

export const nicLimitsSchema = z.strictObject({
  inbound: nicLimitSchema.nullable(),
  outbound: nicLimitSchema.nullable(),
});

/** Null: no limit. */
export interface NicLimits {
  /** What the guest receives. */
  inbound: NicLimit | null;
  /** What the guest sends. */
  outbound: NicLimit | null;
}

/** What can be chosen of a network card. */
export interface NicSetting {
  network: string;
  /** As libvirt calls it; empty where it is QEMU's own choice. */
  model: string;
  /** Whether its cable is plugged in. */
  linkUp: boolean;
  limits: NicLimits;
}

export const nicTimes = ["both", "now", "next_boot"] as const;

export interface VmNicView extends NicSetting {
  mac: string;
  addresses: string[];
  /** Whether what runs has it, or the next start, or both. */
  when: (typeof nicTimes)[number];
  /** What the next start has otherwise; null when that is the same. */
  next: NicSetting | null;
}
