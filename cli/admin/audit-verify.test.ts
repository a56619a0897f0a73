import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { tempDir } from "@/lib/db/testing/temp-db";
import { writeAudit } from "@/lib/services/audit";
import { adminCommands } from "../commands/admin";
import { call } from "../testing/terminal";

const verify = (...options: string[]) =>
  call(adminCommands, ["admin", "audit", "verify", ...options]);

it("portico admin audit verify: the verdict, and the exit code that says the same", async () => {
  const folder = await tempDir();
  vi.stubEnv("PORTICO_DATA", folder);
  expect(await verify()).toMatchObject({ code: 4, err: expect.stringContaining(folder) });
  const url = `file:${join(folder, "portico.db")}`;
  await migrate(url);
  const db = openDb(url);
  const actor = { userId: null, name: "Ada", ip: "local" };
  const author = { db, clock: () => new Date(), requestId: "r", actor };
  for (let row = 0; row < 3; row++) {
    await writeAudit(author, { action: "vm.start", outcome: "ok" });
  }
  const good = await verify();
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining("3 rows") });
  const [written = ""] = /3:[0-9a-f]{64}/.exec(good.out) ?? [];
  expect((await verify("--expect", written)).code).toBe(0);
  expect(JSON.parse((await verify("--from", "2", "--json")).out)).toMatchObject({ rows: 2 });
  expect((await verify("--expect", "3:ff")).code).toBe(2);
  expect((await verify("--from", "0")).code).toBe(2);
  await db.$executeRawUnsafe("UPDATE AuditEvent SET actorName = 'Eve' WHERE seq = 2");
  await db.$disconnect();
  const broken = await verify();
  expect(broken).toMatchObject({ code: 1, err: expect.stringContaining("BROKEN at row 2") });
});
