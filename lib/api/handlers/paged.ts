import { AppError } from "@/lib/model/errors";
import { keysetCursor, readKeyset } from "@/lib/services/keyset";

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * The cursor as the program gets it. It names the order, so that a cursor of another one is
 * refused instead of skipping rows.
 */
export function sealCursor(sort: string, next: string | null): string | null {
  return next === null ? null : `${sort}.${next}`;
}

/** The use case's own cursor; throws `input.invalid` for one of another order. */
export function openCursor(sort: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  if (cursor.startsWith(`${sort}.`)) return cursor.slice(sort.length + 1);
  throw new AppError({
    code: "input.invalid",
    message: "a cursor of another order",
    fields: { cursor: { key: "field.cursor" } },
  });
}

/**
 * A page of a list that is short enough to be read whole. Sorted by `key`, then by id; rows that
 * come or go between two pages neither repeat nor hide another one.
 */
export function pageOfList<T>(
  list: readonly T[],
  query: { sort: string; cursor?: string; limit: number },
  keys: { id: (item: T) => string; key: (item: T) => string },
): Page<T> {
  const { sort, limit } = query;
  const cursor = openCursor(sort, query.cursor);
  const sign = sort.startsWith("-") ? -1 : 1;
  const place = (item: T) => ({ id: keys.id(item), key: keys.key(item) });
  const compare = (a: { id: string; key: string }, b: { id: string; key: string }) =>
    sign * (order(a.key, b.key) || order(a.id, b.id));
  const from = cursor === undefined ? null : readKeyset(cursor);
  const behind = list
    .map((item) => ({ item, ...place(item) }))
    .filter((each) => from === null || compare(each, from) > 0)
    .sort(compare);
  const page = behind.slice(0, limit);
  const last = behind.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((each) => each.item),
    nextCursor: last === undefined ? null : sealCursor(sort, keysetCursor(last)),
  };
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
