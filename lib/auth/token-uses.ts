import type { Db } from "@/lib/db/client";
import { logger } from "@/lib/log";
import { once } from "@/lib/runtime/once";

/** How stale "last used" may become, so that not every request writes a row. */
const touchMs = 60_000;
/** Uses of so long are written together: every write makes what was kept of the rows void. */
const gatherMs = 1_000;

/** Notes that a token was used; the row says so within a second, at most once a minute. */
export function noteTokenUse(
  db: Db,
  row: { id: string; lastUsedAt: Date | null },
  use: { ip: string; now: Date },
): void {
  usesOf(db).note(row, use);
}

/** Writes down what has been noted, at the end of the process. */
export async function flushTokenUses(db: Db): Promise<void> {
  await usesOf(db).flush();
}

function usesOf(db: Db): TokenUses {
  const all = once("auth.token-uses", () => new WeakMap<Db, TokenUses>());
  const uses = all.get(db) ?? new TokenUses(db);
  all.set(db, uses);
  return uses;
}

class TokenUses {
  /** When each was last noted. */
  private readonly last = new Map<string, number>();
  private waiting = new Map<string, { ip: string; now: Date }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: Db) {}

  note(row: { id: string; lastUsedAt: Date | null }, use: { ip: string; now: Date }): void {
    const last = Math.max(row.lastUsedAt?.getTime() ?? 0, this.last.get(row.id) ?? 0);
    if (use.now.getTime() - last <= touchMs) return;
    this.last.set(row.id, use.now.getTime());
    this.waiting.set(row.id, use);
    this.timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => {
        logger().warn({ err: error }, "the use of tokens could not be written down");
      });
    }, gatherMs).unref();
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const byPlace = new Map<string, { ip: string; now: Date; ids: string[] }>();
    for (const [id, use] of this.waiting) {
      const place = byPlace.get(use.ip) ?? { ...use, ids: [] };
      byPlace.set(use.ip, { ...use, ids: [...place.ids, id] });
    }
    this.waiting = new Map();
    for (const { ip, now, ids } of byPlace.values()) {
      await this.db.apiToken.updateMany({
        where: { id: { in: ids } },
        data: { lastUsedAt: now, lastUsedIp: ip },
      });
    }
  }
}
