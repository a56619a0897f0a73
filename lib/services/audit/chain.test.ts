import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { tempDb, tempDir } from "@/lib/db/testing/temp-db";
import { writeAudit } from "../audit";
import { makeWorld } from "../testing/world";
import { sealOlderRows } from "./seal-older-rows";
import { verifyAuditLog } from "./verify-audit-log";

function authorIn(db: Pick<Db, "$transaction">) {
  const actor = { userId: "u", name: "Ada", ip: "192.0.2.1" };
  return { db, clock: () => new Date(), requestId: "r", actor };
}

/** A process of its own that appends `count` rows to the log of the database file. */
function appendElsewhere(url: string, count: number): Promise<number | null> {
  const script = join(import.meta.dirname, "testing", "appender.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, url, `${count}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve) => child.once("exit", resolve));
}

describe("appending to the audit log", () => {
  it("chains each row to the one before, as the documentation says", async () => {
    const world = await makeWorld();
    const token = { id: "t1", name: "ci", scopes: [], projectId: null };
    const ctx = { ...world.member, actor: { ...world.member.actor, token } };
    await writeAudit(ctx, { action: "vm.start", outcome: "ok", projectId: world.project });
    await writeAudit(ctx, { action: "vm.reset", outcome: "failed", detail: { b: 1, a: "é" } });
    const [first, second] = await world.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect([first?.seq, second?.seq]).toEqual([1, 2]);
    expect(second).toMatchObject({ tokenId: "t1", actorId: ctx.actor.userId, ip: "127.0.0.1" });
    const json =
      `{"action":"vm.reset","actorId":"${ctx.actor.userId}","actorName":"member",` +
      `"at":"${second?.at.toISOString()}","detail":"{\\"b\\":1,\\"a\\":\\"é\\"}",` +
      `"id":"${second?.id}","ip":"127.0.0.1","outcome":"failed","projectId":null,` +
      `"requestId":"${ctx.requestId}","seq":2,"targetId":null,"targetName":null,` +
      `"targetType":null,"tokenId":"t1"}`;
    const bytes = [Uint8Array.of(1), Buffer.from(first?.hash ?? "", "hex"), Buffer.from(json)];
    expect(second?.hash).toBe(createHash("sha256").update(Buffer.concat(bytes)).digest("hex"));
    expect(await world.db.auditHead.findMany()).toEqual([{ id: 1, seq: 2, hash: second?.hash }]);
  });

  it("goes the way of its transaction: no change, no row, no place lost", async () => {
    const db = await tempDb();
    await writeAudit(authorIn(db), { action: "vm.start", outcome: "ok" });
    const undone = db.$transaction(async (tx) => {
      await writeAudit(authorIn(tx), { action: "vm.delete", outcome: "ok" });
      throw new Error("on purpose");
    });
    await expect(undone).rejects.toThrow("on purpose");
    await writeAudit(authorIn(db), { action: "vm.reset", outcome: "ok" });
    const rows = await db.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map(({ seq, action }) => [seq, action])).toEqual([
      [1, "vm.start"],
      [2, "vm.reset"],
    ]);
    expect(await verifyAuditLog(db)).not.toHaveProperty("brokenAt");
  });

  it("makes one chain, however many processes append to it at once", async () => {
    const url = `file:${join(await tempDir(), "portico.db")}`;
    await migrate(url);
    const db = openDb(url);
    onTestFinished(() => db.$disconnect());
    const others = [1, 2, 3].map(() => appendElsewhere(url, 40));
    const own = Array.from({ length: 40 }, () =>
      writeAudit(authorIn(db), { action: "vm.start", outcome: "ok" }),
    );
    await Promise.all(own);
    expect(await Promise.all(others)).toEqual([0, 0, 0]);
    expect(await verifyAuditLog(db)).toMatchObject({ rows: 160, lastSeq: 160 });
    expect(await verifyAuditLog(db)).not.toHaveProperty("brokenAt");
  });
});

describe("rows that are older than the chain", () => {
  /** A database whose log an older version wrote. */
  async function old(): Promise<Db> {
    const db = await tempDb();
    const row = (id: string, at: string) => ({
      id,
      at: new Date(at),
      actorName: "Ada",
      ip: "192.0.2.1",
      action: "vm.create",
      outcome: "ok",
      requestId: "r",
    });
    await db.auditEvent.createMany({
      data: [
        row("b", "2026-01-02T00:00:00Z"),
        row("c", "2026-01-03T00:00:00Z"),
        row("a", "2026-01-01T00:00:00Z"),
      ],
    });
    return db;
  }

  const idsOf = async (db: Db) =>
    (await db.auditEvent.findMany({ orderBy: { seq: "asc" } })).map(({ seq, id }) => [seq, id]);

  it("are sealed at start, oldest first, and the log says so", async () => {
    const db = await old();
    expect(await sealOlderRows(db)).toBe(3);
    expect((await idsOf(db)).slice(0, 3)).toEqual([
      [1, "a"],
      [2, "b"],
      [3, "c"],
    ]);
    const seal = await db.auditEvent.findUniqueOrThrow({ where: { seq: 4 } });
    expect(seal).toMatchObject({ action: "audit.seal", actorId: null, detail: '{"rows":3}' });
    expect(await verifyAuditLog(db)).toMatchObject({ rows: 4, lastHash: seal.hash });
    expect(await sealOlderRows(db)).toBe(0);
  });

  it("are sealed by whoever writes first", async () => {
    const db = await old();
    await writeAudit(authorIn(db), { action: "vm.start", outcome: "ok" });
    expect(await sealOlderRows(db)).toBe(0);
    expect(await verifyAuditLog(db)).toMatchObject({ rows: 4, lastSeq: 4 });
  });

  it("do not let a row in that turns up later", async () => {
    const db = await old();
    await sealOlderRows(db);
    await db.auditEvent.create({
      data: { id: "x", actorName: "", ip: "", action: "vm.start", outcome: "ok", requestId: "r" },
    });
    expect(await sealOlderRows(db)).toBe(0);
    expect(await verifyAuditLog(db)).toMatchObject({ brokenAt: { seq: 5, reason: "added" } });
  });
});
