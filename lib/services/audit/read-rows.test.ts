import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SqliteAdapter } from "@/lib/db/adapter";
import { type Db, openDb } from "@/lib/db/client";
import { PrismaClient } from "@/lib/db/generated/client";
import { migrate } from "@/lib/db/migrate";
import { tempDir } from "@/lib/db/testing/temp-db";
import { auditFilterSchema } from "@/lib/model/audit";
import { auditWhere } from "./audit-where";
import { readRows } from "./read-rows";

const rows = 45_000;

/** A long log, a row a minute; every hundredth is a refusal, the first was of somebody else. */
async function longLog(): Promise<string> {
  const url = `file:${join(await tempDir(), "portico.db")}`;
  await migrate(url);
  const db = openDb(url);
  await db.$executeRawUnsafe(`
    WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < ${rows})
    INSERT INTO AuditEvent (id, seq, hash, at, actorId, actorName, ip, action, outcome,
      projectId, targetType, targetId, targetName, requestId)
    SELECT 'r' || seq, seq, '', strftime('%Y-%m-%dT%H:%M:%S.000+00:00', 1e9 + seq * 60, 'unixepoch'),
      'u' || (seq % 50), iif(seq = 1, 'Eve', 'Ada'), '192.0.2.1',
      iif(seq % 2, 'vm.start', 'vm.shutdown'), iif(seq % 100, 'ok', 'refused'), 'p' || (seq % 20),
      'vm', 'v' || (seq % 500), 'web', 'q' || seq
    FROM n`);
  await db.$disconnect();
  return url;
}

/** A client that keeps the text of what it asks. */
function listeningDb(url: string): { db: Db; asked: { query: string; params: string }[] } {
  const asked: { query: string; params: string }[] = [];
  const db = new PrismaClient({
    adapter: new SqliteAdapter(url),
    log: [{ level: "query", emit: "event" }],
  });
  db.$on("query", ({ query, params }) => asked.push({ query, params }));
  onTestFinished(() => db.$disconnect());
  return { db: db as unknown as Db, asked };
}

const instant = (seq: number) => new Date((1e9 + seq * 60) * 1000).toISOString();

describe("a long log", () => {
  it("is read by indexes, whatever is asked for", async () => {
    const url = await longLog();
    const { db, asked } = listeningDb(url);
    const plain = openDb(url);
    onTestFinished(() => plain.$disconnect());
    const filters = [
      {},
      { projectId: "p3" },
      { actorId: "u7" },
      { targetId: "v9" },
      { requestId: "q77" },
      { action: "vm.start" },
      { from: instant(100), until: instant(200) },
      { projectId: "p3", from: instant(100) },
      { projectId: "p3", actorId: "u3", action: "vm.start", until: instant(40_000) },
      { search: "web" },
      { outcome: "refused", action: "vm." },
      { projectId: "p3", search: "web", outcome: "ok" },
    ];
    for (const filter of filters) {
      for (const after of [null, 20_003]) {
        asked.length = 0;
        const where = auditWhere(auditFilterSchema.parse(filter), true);
        const page = await readRows(db, where, after, 50);
        expect(page.rows.length + (page.next ?? 0), JSON.stringify(filter)).toBeGreaterThan(0);
        for (const { query, params } of asked) {
          const plan = await plain.$queryRawUnsafe<{ detail: string }[]>(
            `EXPLAIN QUERY PLAN ${query}`,
            ...(JSON.parse(params) as unknown[]),
          );
          const steps = plan.map((step) => step.detail).join("; ");
          expect(steps, query).toMatch(/USING (COVERING )?INDEX/);
          // Sorting the rows of one instant is fine, sorting all that were found is not.
          expect(steps, query).not.toMatch(/USE TEMP B-TREE FOR ORDER BY/);
          expect(steps, query).not.toMatch(/SCAN \S+(;|$)/);
        }
      }
    }
  });

  it("is searched some thousand rows at a time, to its very end", async () => {
    const db = openDb(await longLog());
    onTestFinished(() => db.$disconnect());
    const where = auditWhere(auditFilterSchema.parse({ search: "Eve" }), true);
    const first = await readRows(db, where, null, 50);
    expect(first).toMatchObject({ rows: [], next: 25_001, searchedTo: new Date(instant(25_001)) });
    const second = await readRows(db, where, first.next, 50);
    expect(second).toMatchObject({ rows: [], next: 5_001 });
    const third = await readRows(db, where, second.next, 50);
    expect(third).toMatchObject({ rows: [{ seq: 1 }], next: null, searchedTo: null });
  });

  it("loses and repeats no row between pages of a search", async () => {
    const db = openDb(await longLog());
    onTestFinished(() => db.$disconnect());
    const where = auditWhere(auditFilterSchema.parse({ outcome: "refused" }), true);
    const seen: number[] = [];
    for (let after: number | null = null, more = true; more; more = after !== null) {
      const page = await readRows(db, where, after, 70);
      seen.push(...page.rows.map((row) => row.seq));
      after = page.next;
    }
    expect(seen).toEqual(Array.from({ length: rows / 100 }, (_, index) => rows - index * 100));
  });
});
