import { mkdtemp, rm } from "node:fs/promises";
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

/** A migrated, empty database of this test's own; closed and removed when it ends. */
export async function tempDb(): Promise<Db> {
  const url = `file:${join(await tempDir(), "portico.db")}`;
  await migrate(url);
  const db = openDb(url);
  onTestFinished(() => db.$disconnect());
  return db;
}
