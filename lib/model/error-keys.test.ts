import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import english from "@/messages/en/errors.json";
import { errorCodes } from "./errors";

const lib = join(import.meta.dirname, "..");

/** Keys of the `errors` catalogue that the code names in full. */
function namedKeys(): Set<string> {
  const keys = new Set<string>(errorCodes);
  const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("generated"),
  );
  for (const file of files) {
    const text = readFileSync(join(lib, file), "utf8");
    const patterns = [/userMessage: \{\s*key: "([\w.]+)"/g, /"(field\.[\w.]+\w)"/g];
    for (const pattern of patterns) {
      for (const [, key] of text.matchAll(pattern)) if (key !== undefined) keys.add(key);
    }
  }
  return keys;
}

function has(tree: unknown, path: string[]): boolean {
  const [head, ...rest] = path;
  if (head === undefined) return typeof tree === "string";
  if (typeof tree !== "object" || tree === null) return false;
  return has((tree as Record<string, unknown>)[head], rest);
}

it("every error has words for the person", () => {
  const missing = [...namedKeys()].filter((key) => !has(english, key.split(".")));
  // "field.vcpus" and the like are stems, whose endings are in the catalogue.
  const stems = missing.filter((key) => has(english, [...key.split("."), "range"]));
  expect(missing.filter((key) => !stems.includes(key))).toEqual([]);
});
