import { randomUUID } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { SqliteAdapter } from "./adapter";
import { type Migration, migrationsFolder, readMigrations } from "./migrations-folder";
import { splitSql } from "./split-sql";

type Connection = ReturnType<SqliteAdapter["createClient"]>;

const migrationsTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/**
 * Brings the database of a `file:` URL up to this program's schema; makes it when it is absent.
 * Each migration is one transaction under SQLite's write lock, so that two processes starting
 * together apply it once. Returns the names it applied.
 *
 * Throws an Error that says what to do when the database was written by a newer version, when
 * a migration was edited after it was applied, or when one fails (then nothing of it remains).
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const path = url.replace(/^file:/, "");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Passwords' hashes and everybody's names are in it: for the portal's own user only.
  await (await open(path, "a", 0o600)).close();
  const connection = new SqliteAdapter(url).createClient({ url, timeout: 30_000 });
  try {
    await connection.execute("PRAGMA journal_mode = WAL");
    // Redefining a table drops it, which would delete the rows that refer to it. Off only
    // works outside a transaction; the references are checked before each commit instead.
    await connection.execute("PRAGMA foreign_keys = OFF");
    const applied: string[] = [];
    for (;;) {
      const name = await applyNext(connection, migrations);
      if (name === null) return applied;
      applied.push(name);
    }
  } finally {
    connection.close();
  }
}

/** Applies the oldest migration that is missing; null when there is none. */
async function applyNext(connection: Connection, migrations: Migration[]): Promise<string | null> {
  await connection.execute("BEGIN IMMEDIATE");
  try {
    await connection.execute(migrationsTable);
    const next = await firstMissing(connection, migrations);
    if (next !== null) await apply(connection, next);
    await connection.execute("COMMIT");
    return next?.name ?? null;
  } catch (error) {
    await connection.execute("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function firstMissing(
  connection: Connection,
  migrations: Migration[],
): Promise<Migration | null> {
  const { rows } = await connection.execute(
    `SELECT "migration_name" AS name, "checksum" FROM "_prisma_migrations"
     WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`,
  );
  const recorded = new Map(rows.map((row) => [String(row.name), String(row.checksum)]));
  for (const [name, checksum] of recorded) {
    const known = migrations.find((each) => each.name === name);
    if (known === undefined) {
      throw new Error(
        `The database was made by a newer version of Portico (it has "${name}"). ` +
          "Start that version, or restore a backup made by this one.",
      );
    }
    if (known.checksum !== checksum) {
      throw new Error(`The migration "${name}" was changed after it was applied to the database.`);
    }
  }
  return migrations.find((each) => !recorded.has(each.name)) ?? null;
}

async function apply(connection: Connection, migration: Migration): Promise<void> {
  const startedAt = Date.now();
  try {
    for (const statement of splitSql(migration.sql)) await connection.execute(statement);
  } catch (error) {
    throw new Error(`The migration "${migration.name}" failed: nothing was changed.`, {
      cause: error,
    });
  }
  const broken = await connection.execute("PRAGMA foreign_key_check");
  if (broken.rows.length > 0) {
    throw new Error(`The migration "${migration.name}" would leave rows without their parents.`);
  }
  await connection.execute({
    sql: `INSERT INTO "_prisma_migrations"
      ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
      VALUES (?, ?, ?, ?, ?, 1)`,
    args: [randomUUID(), migration.checksum, Date.now(), migration.name, startedAt],
  });
}
