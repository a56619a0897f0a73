export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The theme a cookie names; anything else means "as the system". */
export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
