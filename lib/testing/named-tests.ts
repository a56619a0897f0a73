import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..", "..");

/** The text of a file of the checkout. */
export function readFromRoot(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/**
 * Files in backquotes that there are not, and tests without the title that stands in quotes behind
 * their file: what a document names and a reader would not find.
 */
export function unfoundIn(text: string): string[] {
  const named = [...text.matchAll(/`([^`\s]+\.(?:tsx?|mjs|json))`(?: "([^"]+)")?/g)];
  return named.flatMap(([, path = "", title]) => {
    if (!existsSync(join(root, path))) return [path];
    if (title === undefined || readFromRoot(path).includes(title)) return [];
    return [`${path}: ${title}`];
  });
}
