import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, show } from "../run.mjs";
import { StepError } from "../steps.mjs";

/**
 * True when what npm installed (its hidden lockfile in node_modules) is what the lockfile asks
 * for. Optional packages may be absent: most are for other platforms.
 * @param {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }> }} lock
 * @param {{ packages: Record<string, { version?: string, integrity?: string }> }} installed
 */
export function lockMatches(lock, installed) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === "") return true;
    const own = installed.packages[path];
    if (own === undefined) return wanted.optional === true || wanted.devOptional === true;
    return own.version === wanted.version && own.integrity === wanted.integrity;
  });
}

function upToDate() {
  try {
    const read = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));
    return lockMatches(read("package-lock.json"), read("node_modules", ".package-lock.json"));
  } catch {
    return false;
  }
}

/** @type {import("../steps.mjs").Step} */
export const npmPackages = {
  title: "npm packages",
  undo: "remove the folder node_modules",
  plan: () => (upToDate() ? null : "npm ci"),
  async apply() {
    const code = await show(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    if (code !== 0) throw new StepError(`npm ci ended with ${code}; its message is above.`);
  },
};
