import { z } from "zod";

export const pageLimits = { default: 50, max: 200 } as const;

/** What every list takes in its query, with the orders that it knows; the first is the default. */
export function pageQuery<const S extends readonly [string, ...string[]]>(sorts: S) {
  return {
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(pageLimits.max)
      .default(pageLimits.default)
      .describe("How many at most."),
    cursor: z.string().min(1).max(500).optional().describe("`nextCursor` of the page before."),
    sort: z
      .enum(sorts)
      .default(sorts[0])
      .describe("A field; with - the largest first. Equal ones are in the order of their ids."),
  };
}

/** A page of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe("Null on the last page."),
  });
}
