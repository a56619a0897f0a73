import { PrismaLibSql } from "@prisma/adapter-libsql";

type Client = ReturnType<PrismaLibSql["createClient"]>;
type Transaction = Awaited<ReturnType<Client["transaction"]>>;
type Statement = string | { sql: string };
type ResultSet = Awaited<ReturnType<Client["execute"]>>;

/**
 * How long a writer waits for another process's write, in milliseconds. The driver waits
 * inside the call, so the event loop stands still: other processes must hold the lock briefly.
 */
const busyTimeoutMs = 5_000;
/** How late another process's change may be noticed, in milliseconds; our own is at once. */
const elsewhereMs = 10;

/**
 * Prisma's libsql adapter on one connection per client.
 *
 * The stock client opens a new connection for every transaction and never closes it (two file
 * descriptors each), and begins it deferred, so that a read followed by a write fails at once
 * with SQLITE_BUSY when somebody wrote in between. The adapter's own mutex already lets nothing
 * else run while a transaction is open, so the transaction can use the same connection, and it
 * takes the write lock at its beginning.
 */
export class SqliteAdapter extends PrismaLibSql {
  private client: Client | null = null;
  /** Statements of this connection that may have changed something. */
  private changes = 0;
  /** What other processes have committed, and when that was asked for. */
  private elsewhere = "";
  private askedAt = Number.NEGATIVE_INFINITY;
  private asking: Promise<void> | null = null;

  constructor(url: string) {
    super({ url, timeout: busyTimeoutMs, intMode: "bigint" });
  }

  override createClient(config: Parameters<PrismaLibSql["createClient"]>[0]): Client {
    const client = super.createClient(config);
    const execute = client.execute.bind(client) as (statement: Statement) => Promise<ResultSet>;
    client.execute = async (statement: Statement) => {
      try {
        return await execute(statement);
      } finally {
        if (!onlyReads(statement)) this.changes += 1;
      }
    };
    client.transaction = () => begin(client);
    this.client = client;
    return client;
  }

  /**
   * A name for the state that the database is in: while it stays the same, nobody has changed
   * anything, in this process or, up to 10 ms ago, in another one. Mostly known at once.
   */
  version(): string | Promise<string> {
    const fresh = performance.now() - this.askedAt <= elsewhereMs;
    if (fresh) return `${this.elsewhere}.${this.changes}`;
    // Before its first query Prisma has no connection: a name of its own promises nothing.
    if (this.client === null) return `none.${performance.now()}`;
    this.asking ??= this.askElsewhere(this.client);
    return this.asking.then(() => `${this.elsewhere}.${this.changes}`);
  }

  private async askElsewhere(client: Client): Promise<void> {
    const askedAt = performance.now();
    try {
      const { rows } = await client.execute("PRAGMA data_version");
      this.elsewhere = String(rows[0]?.[0]);
      this.askedAt = askedAt;
    } finally {
      this.asking = null;
    }
  }
}

function onlyReads(statement: Statement): boolean {
  const text = typeof statement === "string" ? statement : statement.sql;
  return /^\s*(SELECT|PRAGMA data_version)\b/i.test(text);
}

async function begin(client: Client): Promise<Transaction> {
  await client.execute("BEGIN IMMEDIATE");
  let open = true;
  const rollback = async () => {
    if (!open) return;
    open = false;
    // SQLite may have rolled back by itself (disk full): then there is nothing to undo.
    await client.execute("ROLLBACK").catch(() => undefined);
  };
  return {
    execute: (statement: Parameters<Client["execute"]>[0]) => client.execute(statement),
    // Prisma calls neither of these inside a transaction, and the client's own would end it.
    batch: () => Promise.reject(new Error("batch is not available in a transaction")),
    executeMultiple: () => Promise.reject(new Error("scripts are not available in a transaction")),
    commit: async () => {
      try {
        await client.execute("COMMIT");
        open = false;
      } catch (error) {
        await rollback();
        throw error;
      }
    },
    rollback,
    close: () => void rollback(),
    get closed() {
      return !open;
    },
  };
}
