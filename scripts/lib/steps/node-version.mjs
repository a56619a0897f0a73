import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run.mjs";
import { StepError } from "../steps.mjs";

/**
 * True when `version` is at least `wanted`, both like "20.19" or "20.19.3".
 * @param {string} version
 * @param {string} wanted
 */
export function versionAtLeast(version, wanted) {
  const have = version.split(".").map(Number);
  const need = wanted.split(".").map(Number);
  for (const [index, part] of need.entries()) {
    const own = have[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

const wanted = () =>
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.replace(/^>=/, "");

/** @type {import("../steps.mjs").Step} */
export const nodeVersion = {
  title: "Node.js",
  undo: "nothing was changed",
  plan: () =>
    versionAtLeast(process.versions.node, wanted())
      ? null
      : `stop, because this is Node.js ${process.versions.node}`,
  apply() {
    throw new StepError(
      `Node.js ${wanted()} or newer is needed; this is ${process.versions.node}. https://nodejs.org/en/download`,
    );
  },
};
