import type { ScreenWatch, Vm } from "@/lib/db/generated/client";
import { postHook } from "@/lib/webhook/post-hook";
import { hookSecretOf, signHook } from "@/lib/webhook/sign-hook";
import type { WatchDeps } from "./watch-deps";

const atOnce = 4;
/** Seconds after which a call that failed is made again. */
const pauses = [10, 60, 300] as const;

type Due = ScreenWatch & { vm: Vm };

/** Makes the webhook calls that are due, a few at a time; what failed is tried three times more. */
export async function deliverHooks(deps: WatchDeps): Promise<void> {
  const due = await deps.db.screenWatch.findMany({
    where: { hookState: "waiting", hookNextAt: { lte: deps.clock() } },
    include: { vm: true },
    orderBy: { hookNextAt: "asc" },
    take: atOnce,
  });
  await Promise.all(due.map((row) => deliver(deps, row)));
}

async function deliver(deps: WatchDeps, row: Due): Promise<void> {
  const { hookUrl, firedAt, fires, hookTries } = row;
  if (hookUrl === null || firedAt === null) return;
  const now = deps.clock();
  const pause = pauses[hookTries];
  const next = new Date(now.getTime() + (pause ?? 0) * 1000);
  const same = { id: row.id, fires, hookTries, hookState: "waiting" };
  // Counted before it is made: a portal that dies meanwhile calls once more at most.
  const mine = await deps.db.screenWatch.updateMany({
    where: same,
    data: { hookTries: hookTries + 1, hookNextAt: next },
  });
  if (mine.count === 0) return;
  const body = JSON.stringify(bodyOf(row, firedAt, deps.origin));
  const headers = {
    "user-agent": "Portico",
    "portico-signature": signHook(hookSecretOf(deps.secret, row.id), body, now),
  };
  const { delivered, answer } = await postHook(hookUrl, { body, headers }, deps.hookNetworks);
  const state = delivered ? "delivered" : pause === undefined ? "failed" : "waiting";
  await deps.db.screenWatch.updateMany({
    where: { ...same, hookTries: hookTries + 1 },
    data: { hookState: state, hookAnswer: answer },
  });
}

function bodyOf(row: Due, firedAt: Date, origin: string | null) {
  const { vm } = row;
  return {
    event: "vm.watch_fired",
    // The same for every try of one firing.
    id: `${row.id}-${row.fires}`,
    firedAt: firedAt.toISOString(),
    watch: { id: row.id, name: row.name, kind: row.kind },
    vm: { id: vm.id, name: vm.name, projectId: vm.projectId },
    text: row.firedText,
    portal: origin,
  };
}
