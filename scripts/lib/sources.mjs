import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./run.mjs";

/** What the built portal is made of. */
export const builtFrom = [
  "app",
  "cli",
  "components",
  "i18n",
  "lib",
  "messages",
  "public",
  "server",
  "types",
  "prisma/schema.prisma",
  "next.config.mjs",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
  "scripts/lib/pages-dir.mjs",
  "scripts/lib/steps/build.mjs",
  "scripts/lib/steps/bundles.mjs",
];

const left = /\.test\.tsx?$|\.golden\.xml$|^lib\/db\/generated\/|\/testing\//;

/**
 * SHA-256 over names and contents of files and folders, in a fixed order; absent ones are left
 * out, tests too.
 * @param {string[]} paths relative to `base`
 * @param {string} [base]
 */
export function hashSources(paths, base = root) {
  const hash = createHash("sha256");
  const files = paths.flatMap((path) => filesUnder(base, path)).filter((path) => !left.test(path));
  for (const file of files.sort()) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(base, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesUnder(base, path) {
  if (!existsSync(join(base, path))) return [];
  if (!statSync(join(base, path)).isDirectory()) return [path];
  return readdirSync(join(base, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1));
}

/** The hash that `file` keeps from the last time, or "". @param {string} file */
export function readStamp(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}

/** @param {string} file @param {string} hash */
export function writeStamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${hash}\n`);
}
