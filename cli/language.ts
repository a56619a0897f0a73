import type { Io } from "./io";

/** The language of the terminal, in which the portal is asked to say what went wrong. */
export function languageOf(env: Io["env"]): "en" | "zh-CN" {
  const wanted = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return wanted.startsWith("zh") ? "zh-CN" : "en";
}
