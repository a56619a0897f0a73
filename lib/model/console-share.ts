import { z } from "zod";
import type { VmState } from "./vm-state";

/** The public page of shared screens; everything that its visitors ask for lies below. */
export const sharePath = "/share";

/** How long links may hold, in minutes. */
export const shareMinutes = [15, 60, 8 * 60, 24 * 60, 7 * 24 * 60] as const;
/** Links of one VM that hold at a time. */
export const mostShares = 20;

const hasControl = /\p{C}/u;
const plainName = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !hasControl.test(text), { message: "field.invalid" });

export const createConsoleShareSchema = z.strictObject({
  vmId: z.string().min(1).max(40),
  name: plainName(80).describe("For whom the link is."),
  minutes: z
    .int()
    .min(1)
    .max(shareMinutes[shareMinutes.length - 1] ?? 1)
    .default(60)
    .describe("How long it holds."),
  maxVisits: z
    .int()
    .min(1)
    .max(1_000)
    .nullable()
    .default(null)
    .describe("How many browsers may come by it; null: any number."),
});

export const revokeConsoleShareSchema = z.strictObject({
  vmId: z.string().min(1).max(40),
  shareId: z.string().min(1).max(40),
});

/** What a visitor says: the link's secret, and the name that others and the watermark show. */
export const joinShareSchema = z.strictObject({
  token: z.string().min(1).max(100),
  name: plainName(40),
});

/** A link that still holds, without its secret, which nobody can read again. */
export interface ConsoleShareView {
  id: string;
  name: string;
  createdByName: string;
  createdAt: string;
  expiresAt: string;
  /** Null: any number. */
  maxVisits: number | null;
  visitCount: number;
  lastVisitAt: string | null;
  /** Names of those who watch by it now. */
  watching: string[];
}

/** What a visitor learns of what he watches. */
export interface SharedScreen {
  shareId: string;
  vmName: string;
  sharedByName: string;
  /** His own name, as the watermark shows it. */
  visitorName: string;
  expiresAt: string;
}

/** What a visitor's page follows: whether there is something to see now. */
export interface SharedScreenNow extends SharedScreen {
  state: VmState;
  /** Changes with every start of the guest; null when it is off. */
  bootId: string | null;
  /** The screen is being recorded; and whether it is to be while somebody is at it. */
  recorded: boolean;
  recordsScreens: boolean;
}
