import { PrismaLibSql } from "@prisma/adapter-libsql";

type Client = ReturnType<PrismaLibSql["createClient"]>;
type Transaction = Awaited<ReturnType<Client["transaction"]>>;

/**
 * How long a writer waits for another process's write, in milliseconds. The driver waits
 * inside the call, so the event loop stands still: other processes must hold the lock briefly.
 */
const busyTimeoutMs = 5_000;

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
  constructor(url: string) {
    super({ url, timeout: busyTimeoutMs, intMode: "bigint" });
  }

  override createClient(config: Parameters<PrismaLibSql["createClient"]>[0]): Client {
    const client = super.createClient(config);
    client.transaction = () => begin(client);
    return client;
  }
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
