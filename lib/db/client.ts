import { join } from "node:path";
import { env } from "@/lib/env";
import { once } from "@/lib/runtime/once";
import { SqliteAdapter } from "./adapter";
import { PrismaClient } from "./generated/client";

export type Db = PrismaClient;

/** `file:` URL of this installation's database. */
export function databaseUrl(): string {
  return `file:${join(env().PORTICO_DATA, "portico.db")}`;
}

/**
 * Opens a database that is already migrated. One client per file and process: a second one
 * that writes while the first holds a transaction would block the event loop both need.
 */
export function openDb(url: string): Db {
  const adapter = new SqliteAdapter(url);
  const client = new PrismaClient({
    adapter,
    // Transactions run one after the other: leave a burst of them time to queue.
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
  });
  adapters().set(client, adapter);
  return client;
}

const adapters = () => once("db.adapters", () => new WeakMap<object, SqliteAdapter>());

/**
 * A name for the state that a database of openDb's is in. While the name stays the same, no row
 * has changed: what was read under it may be told again. Changes of this process count at once,
 * those of another one within 10 ms.
 */
export function versionOf(db: Db): string | Promise<string> {
  const adapter = adapters().get(db);
  if (adapter === undefined) throw new Error("only a whole database has a version");
  return adapter.version();
}

/** The process's database. */
export function db(): Db {
  return once("db", () => openDb(databaseUrl()));
}
