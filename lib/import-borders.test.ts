import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** The folder whose import rules (biome.json) govern a file: "lib/model", "app", "server". */
function border(path: string): string {
  const [top, second] = path.split("/");
  return top === "lib" && second !== undefined && !second.includes(".")
    ? `lib/${second}`
    : `${top}`;
}

function sources(): string[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.tsx"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed.split("\n").filter((path) => /^(lib|app|components|server)\//.test(path));
}

const importPath = /(?:from\s+|import\s*\(\s*|import\s+)["']([^"']+)["']/g;

test("a relative import never leaves its folder, so that biome's rules by alias see every crossing", () => {
  const crossings = sources().flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(importPath)]
      .map((match) => match[1] ?? "")
      .filter((target) => target.startsWith("."))
      .filter((target) => {
        const reached = relative(root, resolve(root, dirname(path), target));
        return border(reached) !== border(path);
      })
      .map((target) => `${path} → ${target}`),
  );
  expect(crossings).toEqual([]);
});

// The base path is in what browsers run, where lib/env.ts cannot be.
const readsEnv = ["lib/env.ts", "lib/base-path.ts"];

test("process.env is read in lib/env.ts only", () => {
  const readers = sources().filter(
    (path) =>
      !readsEnv.includes(path) &&
      !/\.test\.tsx?$/.test(path) &&
      /process\.env\b/.test(readFileSync(join(root, path), "utf8")),
  );
  expect(readers).toEqual([]);
});

test('a "use server" file exports actions and nothing else', () => {
  const offenders = sources().flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    if (!/^["']use server["']/.test(text)) return [];
    return [
      ...text.matchAll(/^export\s+(?!const \w+Action = |async function \w+Action)(.*)$/gm),
    ].map((match) => `${path}: ${match[0]}`);
  });
  expect(offenders).toEqual([]);
});
