import { z } from "zod";
import { type LayoutId, layoutIds } from "../keyboard/layouts";
import { planText } from "../keyboard/plan-text";

export const watchKinds = ["screen", "off"] as const;
export type WatchKind = (typeof watchKinds)[number];

export const watchLimits = {
  ofVm: 5,
  ofProject: 20,
  /** Rows of a VM, with those that have ended. */
  kept: 20,
  texts: 5,
  textLength: 100,
  stillSeconds: 600,
  hours: 24,
  keysLength: 64,
  urlLength: 500,
} as const;

const shortestStillSeconds = 5;

const textSchema = z
  .string()
  .trim()
  .min(1, "field.watch_text")
  .max(watchLimits.textLength, "field.watch_text")
  // Only stars would be every screen.
  .regex(/[^*\s]/u, "field.watch_text");

const layoutSchema = z.enum(layoutIds as readonly [LayoutId, ...LayoutId[]]).default("us");

/** What makes a watch fire, and what happens then. */
export const watchSchema = z
  .strictObject({
    name: z.string().trim().min(1, "field.watch_name").max(60, "field.watch_name"),
    /** "off": the guest stops, or was stopped and started anew. */
    kind: z.enum(watchKinds),
    /** Any of these in a line of the screen; `*` stands for anything between. */
    texts: z.array(textSchema).max(watchLimits.texts, "field.watch_texts").default([]),
    /** The screen has not changed for so long; null: that does not matter. */
    stillSeconds: z
      .int("field.watch_still")
      .min(shortestStillSeconds, "field.watch_still")
      .max(watchLimits.stillSeconds, "field.watch_still")
      .nullable()
      .default(null),
    /** Fires each time anew, not once. */
    again: z.boolean().default(false),
    /** Typed into the guest when it fires; a newline is Enter. */
    keys: z.string().max(watchLimits.keysLength, "field.watch_keys").default(""),
    layout: layoutSchema,
    /** Gets a POST when it fires. */
    hookUrl: z
      .string()
      .max(watchLimits.urlLength, "field.watch_url")
      .refine(isHookUrl, "field.watch_url")
      .nullable()
      .default(null),
    hours: z
      .int("field.watch_hours")
      .min(1, "field.watch_hours")
      .max(watchLimits.hours, "field.watch_hours")
      .default(watchLimits.hours),
  })
  .refine(({ kind, texts, stillSeconds }) => kind === "off" || texts.length > 0 || stillSeconds, {
    path: ["texts"],
    message: "field.watch_condition",
  })
  .refine(({ keys, layout }) => isTypable(keys, layout), {
    path: ["keys"],
    message: "field.watch_keys",
  })
  .refine(({ kind, keys }) => kind !== "off" || keys === "", {
    path: ["keys"],
    message: "field.watch_keys_off",
  });

export type WatchInput = z.input<typeof watchSchema>;
export type NewWatch = z.output<typeof watchSchema>;

function isTypable(keys: string, layout: LayoutId): boolean {
  const plan = planText(keys, { layout, groupSwitch: null });
  return plan.ok && plan.untypable.length === 0;
}

/** An address that may be called, as far as it says by itself where it leads. */
export function isHookUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}

export type WatchEnd = "fired" | "expired" | "forbidden";
export type HookState = "waiting" | "delivered" | "failed";

export interface WatchView extends Omit<NewWatch, "hours"> {
  id: string;
  vmId: string;
  vmName: string;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  /** Null while it watches. */
  ended: WatchEnd | null;
  /** The last time. */
  firedAt: string | null;
  /** The line that was found; null when it was stillness or the guest's end. */
  firedText: string | null;
  fires: number;
  /** What became of the last call; null when there was none. */
  hook: { state: HookState; tries: number; answer: string | null } | null;
}
