import { z } from "zod";

/** Where in the order a VM starts, and how long the next one waits. */
export const startPlaceSchema = z.strictObject({
  position: z.int().min(1).max(999),
  delaySeconds: z.int().min(0).max(600),
});
export type StartPlace = z.infer<typeof startPlaceSchema>;

export const setStartOrderSchema = z.strictObject({
  vmId: z.string().min(1).max(40),
  /** Null: it is not in the order. */
  place: startPlaceSchema.nullable(),
});

/** A VM's place among those of its project on its host. */
export interface StartOrderView {
  vmId: string;
  place: StartPlace | null;
  /** All that are in it, first to last. */
  order: (StartPlace & { vmId: string; name: string; waiting: boolean })[];
}

/** A boot of a host as its processors' times told it, and when they were read. */
export interface SeenBoot {
  bootedAt: Date;
  seenAt: Date;
}

/**
 * Whether a host has booted since it was looked at last. Times of processors leave out what a
 * hypervisor below took, so a boot seems later the longer it is ago: one is new when the clock of
 * the processors has gone back, or when all of it lies after the last look.
 */
export function isNewBoot(known: SeenBoot, now: SeenBoot): boolean {
  const upMs = (boot: SeenBoot) => boot.seenAt.getTime() - boot.bootedAt.getTime();
  return upMs(now) < upMs(known) || now.bootedAt > known.seenAt;
}

/** First to last: by number, and those of the same one by name. */
export function inOrder<T extends { position: number; name: string }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => a.position - b.position || a.name.localeCompare(b.name));
}
