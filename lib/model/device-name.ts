/** Told apart by the first word that fits: Edge and Opera also say "Chrome", Chrome "Safari". */
const browsers = [
  ["Edg", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["FxiOS/", "Firefox"],
  ["CriOS/", "Chrome"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
  ["curl/", "curl"],
] as const;

const systems = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;

/** Browser and system that a User-Agent header names; null where it names none that we know. */
export function deviceName(userAgent: string): { browser: string | null; system: string | null } {
  const find = (table: readonly (readonly [string, string])[]) =>
    table.find(([word]) => userAgent.includes(word))?.[1] ?? null;
  return { browser: find(browsers), system: find(systems) };
}
