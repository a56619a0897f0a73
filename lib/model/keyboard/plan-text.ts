import type { Stroke } from "./layout";
import { type LayoutId, tableOf } from "./layouts";

/** More than a person pastes into a console; at a guest's pace minutes. */
export const maxTextBytes = 8 * 1024;

/** How a guest with two groups of letters goes from one to the other. */
export const groupSwitches = {
  "alt-shift": ["AltLeft", "ShiftLeft"],
  "ctrl-shift": ["ControlLeft", "ShiftLeft"],
  "win-space": ["MetaLeft", "Space"],
  "caps-lock": ["CapsLock"],
} as const satisfies Record<string, readonly string[]>;

export type GroupSwitch = keyof typeof groupSwitches;

/** Layouts whose Latin letters are in a second group, which is the US layout. */
export const twoGroupLayouts: readonly LayoutId[] = ["ru"];

/** One character, or what makes the guest take the next ones from its other group. */
export type PlannedKey =
  | { kind: "character"; strokes: readonly Stroke[] }
  | { kind: "switch"; codes: readonly string[] };

export interface Untypable {
  character: string;
  /** Where it is in `text`, in UTF-16 units. */
  at: number;
}

export type TypingPlan =
  | { ok: false; bytes: number }
  | {
      ok: true;
      /** What will be typed: newlines are \n and accents are joined with their letters. */
      text: string;
      keys: readonly PlannedKey[];
      untypable: readonly Untypable[];
    };

export interface PlanOptions {
  layout: LayoutId;
  /** For a layout of two groups; without it only the layout's own letters can be typed. */
  groupSwitch: GroupSwitch | null;
}

/** Which keys make a text on the guest's layout, and what of it no key makes. */
export function planText(given: string, { layout, groupSwitch }: PlanOptions): TypingPlan {
  const bytes = new TextEncoder().encode(given).length;
  if (bytes > maxTextBytes) return { ok: false, bytes };
  const text = given.replace(/\r\n?/g, "\n").normalize("NFC");
  const own = tableOf(layout);
  const toggle = twoGroupLayouts.includes(layout) ? groupSwitch : null;
  const latin = toggle === null ? null : tableOf("us");
  const keys: PlannedKey[] = [];
  const untypable: Untypable[] = [];
  let inLatin = false;
  let at = 0;

  function change(): void {
    if (toggle !== null) keys.push({ kind: "switch", codes: groupSwitches[toggle] });
    inLatin = !inLatin;
  }

  for (const character of text) {
    const [here, there] = inLatin && latin ? [latin, own] : [own, latin];
    const strokes = here.get(character) ?? there?.get(character);
    if (strokes === undefined) {
      untypable.push({ character, at });
    } else {
      if (!here.has(character)) change();
      keys.push({ kind: "character", strokes });
    }
    at += character.length;
  }
  if (inLatin) change();
  return { ok: true, text, keys, untypable };
}
