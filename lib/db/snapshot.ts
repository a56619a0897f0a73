import { SqliteAdapter } from "./adapter";

/**
 * Writes a copy of the database of a `file:` URL, as it is at one moment, while others go on
 * reading and writing. `file` must not exist.
 */
export async function snapshotDb(url: string, file: string): Promise<void> {
  const connection = new SqliteAdapter(url).createClient({ url, timeout: 30_000 });
  try {
    await connection.execute({ sql: "VACUUM INTO ?", args: [file] });
  } finally {
    connection.close();
  }
}

/** What SQLite itself finds wrong with a database file; empty when nothing is. */
export async function problemsOfDb(file: string): Promise<string[]> {
  const url = `file:${file}`;
  const connection = new SqliteAdapter(url).createClient({ url });
  try {
    const { rows } = await connection.execute("PRAGMA integrity_check(20)");
    const found = rows.map((row) => String(row.integrity_check));
    if (found.length === 1 && found[0] === "ok") return [];
    return found;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    connection.close();
  }
}
