import type { ScreenWatch, Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { isAppError } from "@/lib/model/errors";
import { matchingLine } from "@/lib/model/watch/matching-line";
import { fireWatch } from "./fire-watch";
import { mayWatch } from "./may-watch";
import type { Screens, Seen } from "./screens";
import { textsOf } from "./to-watch-view";
import type { WatchDeps } from "./watch-deps";

export type Watching = ScreenWatch & { vm: Vm };

/**
 * Looks once at every VM that is watched, one after another, and fires what has come true. Where
 * nothing is watched nothing is done. What a host or a guest fails at is tried again next time.
 */
export async function runWatches(deps: WatchDeps, screens: Screens): Promise<void> {
  await endLate(deps);
  const rows = await deps.db.screenWatch.findMany({
    where: { endedAt: null, vm: { lifecycle: "ready" } },
    include: { vm: true },
    orderBy: { createdAt: "asc" },
  });
  const byVm = new Map<string, Watching[]>();
  for (const row of rows) byVm.set(row.vmId, [...(byVm.get(row.vmId) ?? []), row]);
  screens.only(new Set(byVm.keys()));
  for (const [vmId, watches] of byVm) {
    try {
      await lookAt(deps, screens, watches);
    } catch (error) {
      if (!isAppError(error))
        deps.log.error({ err: error, vmId }, "a watched VM was not looked at");
    }
  }
}

async function endLate({ db, clock }: WatchDeps): Promise<void> {
  const now = clock();
  await db.screenWatch.updateMany({
    where: { endedAt: null, expiresAt: { lte: now } },
    data: { endedAt: now, ended: "expired" },
  });
}

async function lookAt(deps: WatchDeps, screens: Screens, rows: Watching[]): Promise<void> {
  const vm = rows[0]?.vm;
  const host = vm && deps.hosts.get(vm.hostId);
  if (vm === undefined || host?.connection !== "connected") return;
  const live = host.inventory.get(vm.uuid);
  if (live === null) return;
  const allowed: Watching[] = [];
  for (const row of rows) if (await mayWatch(deps, row)) allowed.push(row);
  for (const row of allowed) if (row.kind === "off") await judgeEnd(deps, row, live);
  const ofScreen = allowed.filter(({ kind }) => kind === "screen");
  if (ofScreen.length === 0 || live.state !== "running" || live.bootId === null) return;
  const seen = await screens.look(host, { id: vm.id, uuid: vm.uuid, bootId: live.bootId }, () =>
    deps.clock().getTime(),
  );
  for (const row of ofScreen) await judgeScreen(deps, row, host, seen);
}

/** A guest whose memory is saved has not ended: it goes on as it was. */
async function judgeEnd(deps: WatchDeps, row: Watching, live: LiveVm): Promise<void> {
  const { bootId, state } = live;
  if (state === "saved" || bootId === row.bootId) return;
  if (row.bootId === null) {
    await deps.db.screenWatch.updateMany({ where: { id: row.id }, data: { bootId } });
    return;
  }
  await fireWatch(deps, row, { text: null, bootId, host: null });
}

async function judgeScreen(
  deps: WatchDeps,
  row: Watching,
  host: Host,
  { lines, stillMs }: Seen,
): Promise<void> {
  const texts = textsOf(row);
  const text = texts.length === 0 ? null : matchingLine(lines, texts);
  const still = row.stillSeconds === null || stillMs >= row.stillSeconds * 1000;
  const met = text !== undefined && still;
  if (met && row.armed) await fireWatch(deps, row, { text, bootId: row.bootId, host });
  else if (!met && !row.armed) {
    await deps.db.screenWatch.updateMany({ where: { id: row.id }, data: { armed: true } });
  }
}
