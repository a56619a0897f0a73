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
  return new PrismaClient({
    adapter: new SqliteAdapter(url),
    // Transactions run one after the other: leave a burst of them time to queue.
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
  });
}

/** The process's database. */
export function db(): Db {
  return once("db", () => openDb(databaseUrl()));
}
