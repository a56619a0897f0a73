import { AppError } from "@/lib/model/errors";

/** Where a page of a list begins: behind this row. `key` is what the list is sorted by. */
export interface Keyset {
  id: string;
  key: string;
}

/** The place behind a row as one opaque text. */
export function keysetCursor({ id, key }: Keyset): string {
  return Buffer.from(JSON.stringify([id, key])).toString("base64url");
}

/** The place that a cursor names; throws `input.invalid` for what is none. */
export function readKeyset(cursor: string): Keyset {
  const [id, key] = parsed(Buffer.from(cursor, "base64url").toString());
  if (typeof id === "string" && typeof key === "string") return { id, key };
  throw badCursor();
}

/** The same, where rows are sorted by time. */
export function readTimeKeyset(cursor: string): { id: string; key: Date } {
  const { id, key } = readKeyset(cursor);
  const time = new Date(key);
  if (Number.isNaN(time.getTime())) throw badCursor();
  return { id, key: time };
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function badCursor(): AppError {
  return new AppError({
    code: "input.invalid",
    message: "not a cursor",
    fields: { cursor: { key: "field.cursor" } },
  });
}
