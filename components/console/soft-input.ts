/** What a phone's keyboard did to a text field, as keys. */
export interface SoftEdit {
  backspaces: number;
  text: string;
}

/**
 * A phone's keyboard reports changed text, not keys, and may replace a whole word at once.
 * Backspace changes nothing in an empty field, so the field always starts with some filler.
 */
export const softFiller = "\u00a0".repeat(32);

/** The keys that lead from one content of the field to the next. */
export function softEdit(before: string, after: string): SoftEdit {
  const old = [...before];
  const now = [...after];
  let same = 0;
  while (same < old.length && same < now.length && old[same] === now[same]) same += 1;
  return { backspaces: old.length - same, text: now.slice(same).join("") };
}
