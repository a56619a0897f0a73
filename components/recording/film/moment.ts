import { formatLength } from "../format-length";

/** A time within a recording as it is typed: 2:03, or 2:03.5. */
export function formatMoment(ms: number): string {
  const tenths = Math.floor(ms / 100) % 10;
  return tenths === 0 ? formatLength(ms) : `${formatLength(ms)}.${tenths}`;
}

/** The same back: also 1:02:03, and seconds alone. Null when it is none. */
export function parseMoment(text: string): number | null {
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,4}):)?(\d{1,5}(?:\.\d{1,3})?)$/.exec(text.trim());
  if (match === null) return null;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1_000);
}
