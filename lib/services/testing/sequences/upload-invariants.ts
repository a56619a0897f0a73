import { readdir } from "node:fs/promises";
import { expect } from "vitest";
import type { Scene } from "./move";

/** Every machine's file that is ready is there, and of those that were refused or deleted none. */
export async function expectUploads({ ctx, uploadsDir, uploads }: Scene): Promise<void> {
  const rows = await ctx.db.image.findMany({ where: { id: { in: [...uploads] } } });
  for (const { id, state } of rows) expect(["ready", "refused", "failed"], id).toContain(state);
  const ready = rows.filter(({ state }) => state === "ready").map(({ id }) => id);
  const there = (await readdir(uploadsDir)).filter((name) => uploads.has(name));
  expect(there.sort(), "files of machines").toEqual(ready.sort());
}
