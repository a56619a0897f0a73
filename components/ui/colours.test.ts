import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

const components = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => join(folder, file));

/** Utilities that name one of our colours by what it is for: "text-bad-text", "bg-ok", "border-bad/30". */
const meant =
  /(?<![\w-])(?:bg|text|border|outline|accent|fill|stroke|ring|divide)-((?:ok|warn|bad|accent|danger|error|info|success|warning|muted)(?:-[a-z]+)*|[a-z]+-(?:text|soft|fill|ink))(?![\w-])/g;

it("every colour that a component names is one of the theme's", () => {
  const theme = new Set(
    [...read("app/globals.css").matchAll(/--color-([a-z-]+):/g)].map(([, name]) => name),
  );
  const unknown = ["app", "components"]
    .flatMap(components)
    .flatMap((file) =>
      [...read(file).matchAll(meant)]
        .filter(([, name]) => !theme.has(name))
        .map(([utility]) => `${file}: ${utility}`),
    );
  expect(unknown).toEqual([]);
});
