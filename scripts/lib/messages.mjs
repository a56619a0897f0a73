import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/**
 * The catalogue of one area in the terminal's language.
 * @param {string} area
 */
export function messages(area) {
  const wanted = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "";
  const locale = wanted.startsWith("zh") ? "zh-CN" : "en";
  return JSON.parse(readFileSync(join(root, "messages", locale, `${area}.json`), "utf8"));
}

/**
 * The text under a dotted key, with {names} replaced.
 * @param {object} catalogue
 * @param {string} key
 * @param {Record<string, string | number>} values
 */
export function textFor(catalogue, key, values = {}) {
  const text = key.split(".").reduce((node, part) => node?.[part], catalogue);
  if (typeof text !== "string") return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
