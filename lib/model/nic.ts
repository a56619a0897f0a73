import { z } from "zod";

/** A network card's address, as libvirt writes it. */
export const macSchema = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i);

/** What the traffic of one direction is held to. */
export interface NicLimit {
  /** KiB per second, over time. */
  average: number;
  /** KiB per second, for a moment; null: as the average. */
  peak: number | null;
  /** KiB that may go at peak speed; null: libvirt's own choice. */
  burst: number | null;
}

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
