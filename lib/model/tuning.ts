import { z } from "zod";
import type { UserMessage } from "./errors";

/** The pages that a pool is made of here: what x86 has between 4 KiB and 1 GiB. */
export const HUGE_PAGE_KIB = 2048;
/** libvirt takes more; a guest has no use for more threads than disks. */
export const mostIoThreads = 16;

/** A NUMA cell of a host with its pool of huge pages. */
export interface CellPages {
  cell: number;
  memoryKib: number | null;
  cpus: number[];
  /** Pages in the pool, and how many nobody has. */
  total: number;
  free: number;
}

/** A disk of the host and the order in which its requests are served. */
export interface QueueView {
  disk: string;
  scheduler: string;
  choices: string[];
}

/** What there is to tune of a host. */
export interface HostTuning {
  hostId: string;
  name: string;
  cells: CellPages[];
  memoryFreeKib: number;
  /** Transparent huge pages: "always", "madvise" or "never"; null for a host elsewhere. */
  transparent: string | null;
  /** Null for a host elsewhere: libvirt does not tell of them. */
  queues: QueueView[] | null;
  commands: string[];
}

export const hugePagesSchema = z.strictObject({
  hostId: z.string().min(1).max(40),
  cell: z.int().min(0).max(1023),
  /** 2 MiB each; 16 TiB at most. */
  pages: z.int().min(0).max(8_388_608),
});
export type HugePagesInput = z.infer<typeof hugePagesSchema>;

export const schedulerSchema = z.strictObject({
  hostId: z.string().min(1).max(40),
  disk: z.string().regex(/^[\w!.-]{1,64}$/),
  scheduler: z.string().regex(/^[\w-]{1,32}$/),
});
export type SchedulerInput = z.infer<typeof schedulerSchema>;

/**
 * Why a pool cannot have that many pages; null when it can. Pages that guests have stay, and what
 * is added comes out of memory that nobody uses, of which a quarter is left to the host.
 */
export function poolProblem(
  { cell, total, free }: CellPages,
  pages: number,
  memoryFreeKib: number,
): UserMessage | null {
  const used = total - free;
  if (pages < used) return { key: "tuning.pages_in_use", values: { used, cell } };
  const room = Math.floor((0.75 * memoryFreeKib) / HUGE_PAGE_KIB);
  if (pages - total > room) return { key: "tuning.no_room", values: { most: total + room } };
  return null;
}

/** What a definition says of a VM's memory and of the threads that serve its disks. */
export interface TunedParts {
  hugePages: boolean;
  /** Cells that its memory comes from; null: from any. */
  memoryCells: number[] | null;
  ioThreads: number;
  /** Disks that can have a thread of their own, with its number; null: QEMU's main one. */
  disks: { target: string; ioThread: number | null }[];
}

export interface VmTuning {
  vmId: string;
  /** Of the running guest; null when it is off. */
  now: TunedParts | null;
  next: TunedParts;
  /** Huge pages that its next start takes. */
  pages: number;
  cells: CellPages[];
}

export const tuneSchema = z.strictObject({
  hugePages: z.boolean(),
  memoryCells: z.array(z.int().min(0).max(1023)).min(1).max(64).nullable(),
  ioThreads: z.int().min(0).max(mostIoThreads),
  disks: z
    .array(
      z.strictObject({
        target: z.string().regex(/^vd[a-z]{1,2}$/),
        ioThread: z.int().min(1).max(mostIoThreads).nullable(),
      }),
    )
    .max(64),
}) satisfies z.ZodType<TunedParts>;

/** Pages of a pool that memory of that size takes. */
export function pagesOf(memoryKib: number): number {
  return Math.ceil(memoryKib / HUGE_PAGE_KIB);
}

/**
 * Why a VM cannot be tuned like this; null when it can. A pool that is too small is said here and
 * not at the next start; `held` are pages that the running guest gives back before that.
 */
export function tuneProblem(
  asked: TunedParts,
  host: { cells: readonly CellPages[]; pages: number; held: number },
  targets: readonly string[],
): UserMessage | null {
  const { memoryCells, ioThreads, disks } = asked;
  const unknown = memoryCells?.find((each) => !host.cells.some(({ cell }) => cell === each));
  if (unknown !== undefined) return { key: "tuning.no_cell", values: { cell: unknown } };
  const foreign = disks.find(({ target }) => !targets.includes(target));
  if (foreign) return { key: "tuning.no_disk", values: { target: foreign.target } };
  const beyond = disks.find(({ ioThread }) => (ioThread ?? 0) > ioThreads);
  if (beyond) {
    const values = { target: beyond.target, thread: beyond.ioThread ?? 0, threads: ioThreads };
    return { key: "tuning.no_thread", values };
  }
  if (!asked.hugePages) return null;
  const free = host.cells
    .filter(({ cell }) => memoryCells === null || memoryCells.includes(cell))
    .reduce((sum, each) => sum + each.free, host.held);
  if (free >= host.pages) return null;
  return { key: "tuning.pool_too_small", values: { free, needed: host.pages } };
}
