import type { Stroke } from "@/lib/model/keyboard/layout";
import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "./modify";

/** libvirt's name for Linux' own numbers of keys. */
const linuxCodes = 0;
const holdMs = 30;

/** Linux' number of the first key of a row of keys; the others follow. */
const rows: readonly (readonly [number, readonly string[]])[] = [
  [2, [..."1234567890"].map((digit) => `Digit${digit}`)],
  [12, ["Minus", "Equal", "Backspace", "Tab"]],
  [16, [..."QWERTYUIOP"].map((letter) => `Key${letter}`)],
  [26, ["BracketLeft", "BracketRight", "Enter"]],
  [30, [..."ASDFGHJKL"].map((letter) => `Key${letter}`)],
  [39, ["Semicolon", "Quote", "Backquote", "ShiftLeft", "Backslash"]],
  [44, [..."ZXCVBNM"].map((letter) => `Key${letter}`)],
  [51, ["Comma", "Period", "Slash"]],
  [57, ["Space"]],
  [86, ["IntlBackslash"]],
  [89, ["IntlRo"]],
  [100, ["AltRight"]],
  [124, ["IntlYen"]],
];

/** Linux' numbers of keys by KeyboardEvent.code; what no layout types is not there. */
export const linuxKeys: ReadonlyMap<string, number> = new Map(
  rows.flatMap(([first, codes]) => codes.map((code, at) => [code, first + at] as const)),
);

/**
 * Presses keys in a running guest one after another, each with its modifiers. Throws what the
 * host throws.
 */
export async function typeKeys(
  host: Host,
  uuid: string,
  strokes: readonly Stroke[],
): Promise<void> {
  const presses = strokes.map(({ code, shift, altGr }) => [
    ...(shift ? [numberOf("ShiftLeft")] : []),
    ...(altGr ? [numberOf("AltRight")] : []),
    numberOf(code),
  ]);
  const dom = await domainRefOf(host, uuid);
  for (const keycodes of presses) {
    const press = { dom, codeset: linuxCodes, holdtime: holdMs, keycodes, flags: 0 };
    await linkOf(host).call("domainSendKey", press);
    // The call ends when the keys are down; the guest takes the release after the hold.
    await new Promise((resolve) => setTimeout(resolve, holdMs * 2));
  }
}

function numberOf(code: string): number {
  const number = linuxKeys.get(code);
  if (number === undefined) throw new Error(`${code} has no number`);
  return number;
}
