export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

/** One catalogue file each; the file name is the top-level namespace. */
export const messageAreas = [
  "common",
  "errors",
  "auth",
  "account",
  "setting",
  "user",
  "vm",
  "create",
  "import",
  "definition",
  "adoption",
  "tuning",
  "startOrder",
  "console",
  "disk",
  "volume",
  "process",
  "guest",
  "snapshot",
  "backup",
  "image",
  "network",
  "host",
  "task",
  "token",
  "api",
  "problem",
  "doctor",
  "nav",
  "audit",
  "mail",
  "quota",
  "recording",
  "lease",
  "project",
] as const;

/** The locale named by a tag such as "zh", "zh-Hans-CN" or "en-GB"; null when we have none. */
export function matchLocale(tag: string): Locale | null {
  const language = tag.trim().toLowerCase().split(/[-_]/)[0];
  if (language === "zh") return "zh-CN";
  return language === "en" ? "en" : null;
}

/** The first locale of an Accept-Language header that we have, by weight. */
export function acceptedLocale(header: string | null): Locale {
  if (!header) return defaultLocale;
  const wanted = header
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.split(";");
      const weight = parameters.map((each) => each.trim()).find((each) => each.startsWith("q="));
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter((each) => each.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const locale = matchLocale(tag);
    if (locale !== null) return locale;
  }
  return defaultLocale;
}
