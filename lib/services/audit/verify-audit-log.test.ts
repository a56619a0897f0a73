import { describe, expect, it } from "vitest";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { type AuditEntry, writeAudit } from "../audit";
import { verifyAuditLog } from "./verify-audit-log";

const entry: AuditEntry = { action: "vm.start", outcome: "ok", targetName: "web" };

async function write(
  db: Pick<Db, "$transaction">,
  count: number,
  differs: Partial<AuditEntry> = {},
): Promise<void> {
  const actor = { userId: "u", name: "Ada", ip: "192.0.2.1" };
  const ctx = { db, clock: () => new Date(), requestId: "r", actor };
  for (let index = 0; index < count; index++) await writeAudit(ctx, { ...entry, ...differs });
}

async function log(count = 5): Promise<Db> {
  const db = await tempDb();
  // In one transaction: a thousand of them would wait for the disk a thousand times.
  await db.$transaction((tx) => write(tx, count));
  return db;
}

describe("a log that nobody touched", () => {
  it("holds, and names its end", async () => {
    const db = await log();
    const last = await db.auditEvent.findUniqueOrThrow({ where: { seq: 5 } });
    expect(await verifyAuditLog(db)).toEqual({ rows: 5, lastSeq: 5, lastHash: last.hash });
    expect(await verifyAuditLog(db, { fromSeq: 4 })).toMatchObject({ rows: 2, lastSeq: 5 });
    expect(await verifyAuditLog(db, { expected: { seq: 5, hash: last.hash } })).not.toHaveProperty(
      "brokenAt",
    );
  });

  it("holds when it is empty", async () => {
    expect(await verifyAuditLog(await tempDb())).toMatchObject({ rows: 0, lastSeq: 0 });
  });

  it("holds while rows are appended", async () => {
    const db = await log(1_001);
    const [verdict] = await Promise.all([verifyAuditLog(db), write(db, 20)]);
    expect(verdict.brokenAt).toBeUndefined();
  });

  it("holds whatever people type", async () => {
    const db = await tempDb();
    const odd = ["\ud800half", "a\0b", "\u2028\u2029", "é/e\u0301", '"\\\b', "", "😀".repeat(400)];
    for (const targetName of odd) await write(db, 1, { targetName, detail: { targetName } });
    expect(await verifyAuditLog(db)).not.toHaveProperty("brokenAt");
  });
});

describe("a log that was tampered with by SQL", () => {
  const tampering: [string, string[], { seq: number; reason: string }][] = [
    ...[
      "id = 'other'",
      "at = '2020-01-01T00:00:00.000+00:00'",
      "at = 'never'",
      "actorId = 'someone'",
      "actorId = NULL",
      "actorName = 'Eve'",
      "tokenId = 't'",
      "ip = '198.51.100.1'",
      "action = 'vm.delete'",
      "projectId = 'p'",
      "targetType = 'vm'",
      "targetId = 'v'",
      "targetName = 'db'",
      "outcome = 'failed'",
      `detail = '{"a":1}'`,
      "requestId = 'q'",
      "hash = 'ff'",
    ].map((set): [string, string[], { seq: number; reason: string }] => [
      `changed: ${set}`,
      [`UPDATE AuditEvent SET ${set} WHERE seq = 3`],
      { seq: 3, reason: "changed" },
    ]),
    [
      "changed: seq = 'x'",
      ["UPDATE AuditEvent SET seq = 'x' WHERE seq = 3"],
      { seq: 3, reason: "missing" },
    ],
    ["removed", ["DELETE FROM AuditEvent WHERE seq = 3"], { seq: 3, reason: "missing" }],
    [
      "removed at the start",
      ["DELETE FROM AuditEvent WHERE seq < 3"],
      { seq: 1, reason: "missing" },
    ],
    [
      "removed, the others moved up",
      ["DELETE FROM AuditEvent WHERE seq = 3", ...move([4, 3], [5, 4])],
      { seq: 3, reason: "changed" },
    ],
    ["reordered", move([3, 9], [4, 3], [9, 4]), { seq: 3, reason: "changed" }],
    ["inserted", [...move([5, 6], [4, 5], [3, 4]), copyOf(2, "3")], { seq: 3, reason: "changed" }],
    ["inserted without a place", [copyOf(2, "NULL")], { seq: 6, reason: "added" }],
    ["truncated", ["DELETE FROM AuditEvent WHERE seq > 3"], { seq: 4, reason: "truncated" }],
    ["emptied", ["DELETE FROM AuditEvent"], { seq: 1, reason: "truncated" }],
    ["without the record of its end", ["DELETE FROM AuditHead"], { seq: 5, reason: "head" }],
    ["whose end was changed", ["UPDATE AuditHead SET hash = 'ff'"], { seq: 5, reason: "head" }],
    ["whose end was moved back", ["UPDATE AuditHead SET seq = 4"], { seq: 4, reason: "head" }],
    [
      "whose end was moved back, hash and all",
      [
        "UPDATE AuditHead SET seq = 4, hash = (SELECT hash FROM AuditEvent WHERE AuditEvent.seq = 4)",
      ],
      { seq: 5, reason: "added" },
    ],
  ];

  it.each(tampering)("is found: %s", async (_how, statements, brokenAt) => {
    const db = await log();
    for (const sql of statements) await db.$executeRawUnsafe(sql);
    expect(await verifyAuditLog(db)).toMatchObject({ brokenAt });
  });

  it("cut off with its end told so holds by itself, and not against a hash kept elsewhere", async () => {
    const db = await log();
    const { lastSeq: seq, lastHash: hash } = await verifyAuditLog(db);
    await db.$executeRawUnsafe("DELETE FROM AuditEvent WHERE seq > 3");
    await db.$executeRawUnsafe(
      "UPDATE AuditHead SET seq = 3, hash = (SELECT hash FROM AuditEvent WHERE AuditEvent.seq = 3)",
    );
    expect(await verifyAuditLog(db)).not.toHaveProperty("brokenAt");
    const expected = { seq, hash };
    expect(await verifyAuditLog(db, { expected })).toMatchObject({
      brokenAt: { seq: 4, reason: "truncated" },
    });
    await write(db, 3, { targetName: "made anew" });
    expect(await verifyAuditLog(db)).not.toHaveProperty("brokenAt");
    expect(await verifyAuditLog(db, { expected })).toMatchObject({
      brokenAt: { seq: 5, reason: "expected" },
    });
    expect(await verifyAuditLog(db, { expected, fromSeq: 6 })).toMatchObject({
      brokenAt: { seq: 5, reason: "expected" },
    });
  });

  it("takes no further row once the record of its end is gone", async () => {
    const db = await log();
    await db.$executeRawUnsafe("DELETE FROM AuditHead");
    await expect(write(db, 1)).rejects.toThrow();
    expect(await db.auditEvent.count()).toBe(5);
  });
});

/** Statements that give rows other places. */
function move(...places: [from: number, to: number][]): string[] {
  return places.map(([from, to]) => `UPDATE AuditEvent SET seq = ${to} WHERE seq = ${from}`);
}

/** A statement that puts a copy of a row at another place. */
function copyOf(seq: number, place: string): string {
  return `INSERT INTO AuditEvent (id, seq, hash, at, actorName, ip, action, outcome, requestId)
    SELECT 'copy', ${place}, hash, at, actorName, ip, action, outcome, requestId
    FROM AuditEvent WHERE seq = ${seq}`;
}
