import type { Prisma } from "@/lib/db/generated/client";
import type { Host } from "@/lib/hypervisor/types";
import { typeKeys } from "@/lib/hypervisor/vm/type-keys";
import { isAppError } from "@/lib/model/errors";
import { planText } from "@/lib/model/keyboard/plan-text";
import { withoutFrame } from "@/lib/model/watch/matching-line";
import { writeAudit } from "../audit";
import { publish } from "../live/bus";
import type { Watching } from "./run-watches";
import { layoutOf } from "./to-watch-view";
import { auditOfWatch, type WatchDeps } from "./watch-deps";

const longestText = 200;

interface Found {
  /** The line of the screen; null when there is none to tell. */
  text: string | null;
  /** The guest's start from now on. */
  bootId: string | null;
  /** Where keys are typed; null where none can be. */
  host: Host | null;
}

/**
 * Has a watch fire: its row is taken first, so that of several portals, and after one that died,
 * it fires once; then its maker is told, its webhook is due and its keys are typed.
 */
export async function fireWatch(deps: WatchDeps, row: Watching, found: Found): Promise<void> {
  const now = deps.clock();
  const { vm } = row;
  const taken = await deps.db.$transaction(async (tx) => {
    if (!(await take(tx, row, found, now))) return false;
    await writeAudit(
      { ...auditOfWatch(deps), db: tx },
      {
        action: "vm.watch_fired",
        outcome: "ok",
        projectId: vm.projectId,
        targetType: "vm",
        targetId: vm.id,
        targetName: vm.name,
        detail: { watchId: row.id, name: row.name, kind: row.kind, keys: row.keys !== "" },
      },
    );
    return true;
  });
  if (!taken) return;
  const { projectId } = vm;
  publish({ type: "watch", projectId, userId: row.createdById, watchId: row.id });
  if (found.host !== null && row.keys !== "") await typeFor(deps, row, found.host);
}

async function take(
  tx: Prisma.TransactionClient,
  row: Watching,
  { text, bootId }: Found,
  now: Date,
): Promise<boolean> {
  const hook = { hookState: "waiting", hookTries: 0, hookNextAt: now, hookAnswer: null };
  const end = { endedAt: now, ended: "fired" };
  const { count } = await tx.screenWatch.updateMany({
    where: { id: row.id, endedAt: null, fires: row.fires },
    data: {
      fires: row.fires + 1,
      firedAt: now,
      firedText: text === null ? null : withoutFrame(text).slice(0, longestText),
      armed: false,
      bootId,
      ...(row.again ? {} : end),
      ...(row.hookUrl === null ? {} : hook),
    },
  });
  return count === 1;
}

async function typeFor(deps: WatchDeps, row: Watching, host: Host): Promise<void> {
  const plan = planText(row.keys, { layout: layoutOf(row), groupSwitch: null });
  if (!plan.ok) return;
  const strokes = plan.keys.flatMap((key) => (key.kind === "character" ? key.strokes : []));
  try {
    await typeKeys(host, row.vm.uuid, strokes);
  } catch (error) {
    if (!isAppError(error)) throw error;
    deps.log.warn({ err: error, watchId: row.id }, "the keys of a watch were not typed");
  }
}
