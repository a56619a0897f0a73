import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Db, openDb } from "../client";
import { migrate } from "../migrate";

/** A directory of this test's own, removed when it ends. */
export async function tempDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "portico-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

let empty: Promise<Buffer> | undefined;

/** A migrated, empty database of this test's own; closed and removed when it ends. */
export async function tempDb(): Promise<Db> {
  // Migrating takes longer than most tests do: once for all tests of a file.
  empty ??= databaseFile(async () => undefined);
  return openCopy(await empty);
}

/** A database of this test's own that begins as these bytes; closed and removed when it ends. */
export async function openCopy(file: Buffer): Promise<Db> {
  const path = join(await tempDir(), "portico.db");
  await writeFile(path, file, { mode: 0o600 });
  const db = openDb(`file:${path}`);
  onTestFinished(() => db.$disconnect());
  return db;
}

/** The bytes of a database as it is now. */
export async function bytesOf(db: Db): Promise<Buffer> {
  // Else a part would still be in the log beside it.
  await db.$queryRawUnsafe("PRAGMA wal_checkpoint(TRUNCATE)");
  const [main] = await db.$queryRawUnsafe<{ file: string }[]>(
    "SELECT file FROM pragma_database_list WHERE name = 'main'",
  );
  if (main === undefined) throw new Error("the database has no file");
  return readFile(main.file);
}

/** The bytes of a migrated database after `fill` wrote into it. */
export async function databaseFile(fill: (db: Db) => Promise<unknown>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "portico-test-"));
  try {
    const path = join(folder, "portico.db");
    await migrate(`file:${path}`);
    const db = openDb(`file:${path}`);
    await fill(db);
    const bytes = await bytesOf(db);
    await db.$disconnect();
    return bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
