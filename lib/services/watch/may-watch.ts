import type { ScreenWatch } from "@/lib/db/generated/client";
import type { Rights } from "@/lib/policies/actor";
import { can } from "@/lib/policies/can";
import { isOutside } from "@/lib/policies/is-outside";
import { rightsOfToken } from "@/lib/policies/token-rights";
import type { WatchDeps } from "./watch-deps";

const userSelect = {
  isAdmin: true,
  isAuditor: true,
  disabledAt: true,
  memberships: { select: { projectId: true, role: true } },
} as const;

/** Whether the maker of a watch may still open the VM's console; if not, the watch ends. */
export async function mayWatch(
  deps: WatchDeps,
  row: ScreenWatch & { vm: { projectId: string } },
): Promise<boolean> {
  const rights = await rightsNow(deps, row);
  const { projectId } = row.vm;
  const may = rights !== null && can(rights, "vm.console", projectId);
  if (may && !isOutside(rights, projectId)) return true;
  await deps.db.screenWatch.updateMany({
    where: { id: row.id, endedAt: null },
    data: { endedAt: deps.clock(), ended: "forbidden" },
  });
  return false;
}

async function rightsNow({ db, clock }: WatchDeps, row: ScreenWatch): Promise<Rights | null> {
  if (row.tokenId === null) {
    const where = { id: row.createdById };
    const user = await db.user.findUnique({ where, select: userSelect });
    return user === null || user.disabledAt !== null ? null : user;
  }
  const where = { id: row.tokenId };
  const token = await db.apiToken.findUnique({ where, include: { user: { select: userSelect } } });
  if (token === null || token.revokedAt !== null || token.expiresAt <= clock()) return null;
  return token.user.disabledAt === null ? rightsOfToken(token) : null;
}
