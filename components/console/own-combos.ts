import { functionKey, type KeyCombo, type KeyStroke, namedKeys } from "./keys";

/** A combination that somebody has named, by physical keys in the order of pressing. */
export interface OwnCombo {
  name: string;
  codes: readonly string[];
}

const storageKey = "portico.keyCombos";
/** As many as a menu can hold, and as long as a hand is large. */
export const maxOwnCombos = 20;
export const maxComboKeys = 5;
export const maxComboName = 40;

const key = (keysym: number, code: string): KeyStroke => ({ keysym, code });
const letters = [..."abcdefghijklmnopqrstuvwxyz"].map((name) =>
  key(name.charCodeAt(0), `Key${name.toUpperCase()}`),
);
const digits = [..."1234567890"].map((name) => key(name.charCodeAt(0), `Digit${name}`));
const functions = Array.from({ length: 12 }, (_, at) => functionKey(at + 1));

/** What can be part of a combination, by physical key. */
const strokes: ReadonlyMap<string, KeyStroke> = new Map(
  [
    ...Object.values(namedKeys),
    key(0xffe4, "ControlRight"),
    key(0xfe03, "AltRight"),
    key(0xffe2, "ShiftRight"),
    key(0xffec, "MetaRight"),
    key(0xff67, "ContextMenu"),
    key(0xff63, "Insert"),
    key(0xff13, "Pause"),
    key(0xff14, "ScrollLock"),
    key(0xff7f, "NumLock"),
    key(0xffe5, "CapsLock"),
    key(0x20, "Space"),
    ...functions,
    ...letters,
    ...digits,
  ].map((stroke) => [stroke.code ?? "", stroke]),
);

export const comboCodes: readonly string[] = [...strokes.keys()];

const shortNames: Readonly<Record<string, string>> = {
  ControlLeft: "Ctrl",
  ControlRight: "Right Ctrl",
  AltLeft: "Alt",
  AltRight: "AltGr",
  ShiftLeft: "Shift",
  ShiftRight: "Right Shift",
  MetaLeft: "Windows",
  MetaRight: "Right Windows",
  ContextMenu: "Menu",
  Escape: "Esc",
  Delete: "Del",
  PrintScreen: "Print",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** As printed on keyboards: "Ctrl + Alt + T". */
export function comboLabel(codes: readonly string[]): string {
  return codes.map((code) => shortNames[code] ?? code.replace(/^(Key|Digit)/, "")).join(" + ");
}

/** What the viewer presses for one. */
export function comboOf({ name, codes }: OwnCombo): KeyCombo {
  return {
    id: `own-${name}`,
    label: name,
    strokes: codes.flatMap((code) => strokes.get(code) ?? []),
  };
}

/** Those that this browser keeps; what is not one of ours is left out. */
export function readOwnCombos(): OwnCombo[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isOwnCombo).slice(0, maxOwnCombos) : [];
  } catch {
    // Written by something else: as if there were none.
    return [];
  }
}

/** Keeps them in this browser. */
export function keepOwnCombos(combos: readonly OwnCombo[]): void {
  window.localStorage.setItem(storageKey, JSON.stringify(combos));
}

function isOwnCombo(value: unknown): value is OwnCombo {
  if (typeof value !== "object" || value === null) return false;
  const { name, codes } = value as Partial<Record<keyof OwnCombo, unknown>>;
  return (
    typeof name === "string" &&
    name !== "" &&
    name.length <= maxComboName &&
    Array.isArray(codes) &&
    codes.length > 0 &&
    codes.length <= maxComboKeys &&
    codes.every((code) => typeof code === "string" && strokes.has(code))
  );
}
