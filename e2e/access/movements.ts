import type { Db } from "@/lib/db/client";

/** Tables that only record who looked, tried or asked, and when the portal saw a host. */
const recordingTables = [
  "AuditEvent",
  "AuditHead",
  "HostBoot",
  "SignInCheck",
  "TaskStep",
  "_prisma_migrations",
];
/**
 * Columns that only record when, or how far the portal's own work has come: a task that somebody
 * has cancelled goes on trying for a host that does not exist. That one is asked for or cancelled
 * is in other columns.
 */
const recordingColumns: Record<string, string[]> = {
  Session: ["seenAt", "provedAt"],
  Image: ["updatedAt"],
  Task: ["state", "progressPercent", "error", "leaseOwner", "leaseUntil", "startedAt", "endedAt"],
};
const log = "access_movements";

export interface Movements {
  /** Where the log of changes ends now. */
  mark(): Promise<bigint>;
  /** What has changed since then, as "update Vm <id>". */
  since(mark: bigint): Promise<string[]>;
}

/** Has the database itself write down every change of a row from now on, whoever makes it. */
export async function watchMovements(db: Db): Promise<Movements> {
  await db.$executeRawUnsafe(`CREATE TABLE ${log} (seq INTEGER PRIMARY KEY, what TEXT NOT NULL)`);
  const tables = await db.$queryRawUnsafe<{ name: string }[]>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  for (const { name } of tables) {
    if (name !== log && !recordingTables.includes(name)) await watchTable(db, name);
  }
  const rowsAfter = (mark: bigint) =>
    db.$queryRawUnsafe<{ seq: bigint; what: string }[]>(
      `SELECT seq, what FROM ${log} WHERE seq > ? ORDER BY seq`,
      mark,
    );
  let last = 0n;
  return {
    async mark() {
      last = (await rowsAfter(last)).at(-1)?.seq ?? last;
      return last;
    },
    since: async (mark) => (await rowsAfter(mark)).map(({ what }) => what),
  };
}

async function watchTable(db: Db, table: string): Promise<void> {
  const columns = await db.$queryRawUnsafe<{ name: string; pk: bigint }[]>(
    `SELECT name, pk FROM pragma_table_info('${table}')`,
  );
  const meant = columns.filter(({ name }) => !recordingColumns[table]?.includes(name));
  const changed = meant.map(({ name }) => `OLD."${name}" IS NOT NEW."${name}"`).join(" OR ");
  const keys = columns.filter(({ pk }) => Number(pk) > 0).map(({ name }) => `"${name}"`);
  const write = (verb: string, row: "OLD" | "NEW") =>
    `INSERT INTO ${log} (what)
     VALUES ('${verb} ${table} ' || ${keys.map((key) => `${row}.${key}`).join(" || ' ' || ")})`;
  for (const [verb, when, row] of [
    ["insert", "", "NEW"],
    ["delete", "", "OLD"],
    ["update", `WHEN ${changed}`, "NEW"],
  ] as const) {
    await db.$executeRawUnsafe(
      `CREATE TRIGGER "${log}_${table}_${verb}" AFTER ${verb} ON "${table}" ${when}
       BEGIN ${write(verb, row)}; END`,
    );
  }
}
