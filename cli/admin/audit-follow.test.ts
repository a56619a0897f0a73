import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { tempDir } from "@/lib/db/testing/temp-db";
import { writeAudit } from "@/lib/services/audit";
import { adminCommands } from "../commands/admin";
import { call } from "../testing/terminal";

it("V16.4.3: portico admin audit follow writes what was and what comes, a row a line", async () => {
  const folder = await tempDir();
  vi.stubEnv("PORTICO_DATA", folder);
  const url = `file:${join(folder, "portico.db")}`;
  await migrate(url);
  const db = openDb(url);
  const actor = { userId: null, name: "Ada", ip: "local" };
  const author = { db, clock: () => new Date(), requestId: "r", actor };
  const write = () => writeAudit(author, { action: "vm.start", outcome: "ok" });
  for (let row = 0; row < 3; row++) await write();
  const abort = new AbortController();
  const lines: string[] = [];
  const following = call(adminCommands, ["admin", "audit", "follow", "--from", "2"], {
    signal: abort.signal,
    onOut: (text) => lines.push(...text.split("\n").filter((line) => line !== "")),
  });
  await expect.poll(() => lines.length).toBe(2);
  await write();
  await expect.poll(() => lines.length).toBe(3);
  abort.abort();
  expect((await following).code).toBe(0);
  const rows = await db.auditEvent.findMany({ where: { seq: { gt: 1 } }, orderBy: { seq: "asc" } });
  await db.$disconnect();
  expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(rows)));
  expect((await call(adminCommands, ["admin", "audit", "follow", "--from", "x"])).code).toBe(2);
});
