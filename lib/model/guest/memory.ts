/** What a guest's memory balloon tells of it, in the order in which it is shown. */
export const memoryFigures = [
  "actualKib",
  "availableKib",
  "usableKib",
  "unusedKib",
  "diskCachesKib",
  "swapInKib",
  "swapOutKib",
  "majorFaults",
  "minorFaults",
  "residentKib",
] as const;
export type MemoryFigure = (typeof memoryFigures)[number];

/**
 * Whether the guest tells its figures: it has no balloon, nobody asks it (a period of 0), no driver
 * in it answers, or it does.
 */
export const balloonStates = ["none", "not_asked", "silent", "told"] as const;
export type BalloonState = (typeof balloonStates)[number];

/** A running guest's memory: the guest's own word, apart from `actualKib` and `residentKib`. */
export interface MemoryView {
  vmId: string;
  balloon: BalloonState;
  /** How often QEMU asks the driver in the guest; 0: it does not. */
  periodSeconds: number;
  /** When the guest told last. */
  toldAt: string | null;
  /** Null: not told. */
  figures: Record<MemoryFigure, number | null>;
  /** The same by hand. */
  commands: string[];
}
