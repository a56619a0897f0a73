import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { awaitBuilt } from "@/lib/hypervisor/volume/await-built";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { rewriteVolume } from "@/lib/hypervisor/volume/rewrite-volume";
import { deleteVolume } from "@/lib/hypervisor/volumes";
import { notFound } from "@/lib/model/errors";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { requireHost } from "@/lib/services/host/require-host";
import { assertRewritable } from "@/lib/services/volume/assert-rewritable";
import { type DiskRewriteTask, diskRewrites } from "../definitions/disk-rewrite";
import { dropOld, isSwitched, settleOther, switchBack, switchOver } from "./disk-switch";
import { endChain } from "./end-chain";
import type { Step, StepContext, TaskHandler } from "./handler";
import { verifyRewritten } from "./verify-rewritten";

/** The row was written by the request itself and counts; only its undoing is left to the task. */
const reserve: Step<DiskRewriteTask> = {
  async run({ db }, { otherId, vmId }) {
    if ((await db.disk.count({ where: { id: otherId } })) === 0) throw notFound(`disk of ${vmId}`);
  },
  undo: settleOther,
};

const copy: Step<DiskRewriteTask> = {
  /** What an interrupted writing has left cannot be told from a whole file: it begins again. */
  async look({ hosts, signal }, { hostId, pool, to }) {
    const host = requireHost(hosts, hostId);
    await awaitBuilt(host, pool, to.volume, signal);
    await deleteVolume(host, pool, to.volume);
    return false;
  },
  async run(context, input) {
    await endChain(context, input, "backup.full.rewritten");
    const { host, live } = await lookAt(context, input);
    const { vmId, target, pool, from, to, capacityBytes } = input;
    const file = await assertRewritable(
      host,
      { vmId, live, target },
      { pool, volume: from.volume },
    );
    const { changedAt } = await readVolumeFacts(host, { pool, volume: from.volume, path: null });
    const { allocationBytes } = file;
    await note(context, { before: { changedAt, allocationBytes } });
    await rewriteVolume(
      host,
      {
        from: { pool, volume: from.volume, path: null },
        to: { pool, ...to },
        capacityBytes,
      },
      context.signal,
      (bytes) => context.progress(Math.min(99, (100 * bytes) / Math.max(1, allocationBytes))),
    );
  },
  /** Nothing in libvirt ends the writing: what was cancelled is thrown away when it is done. */
  async undo(context, input) {
    const { host, live } = await lookAt(context, input);
    if (isSwitched(live, input)) return;
    const { pool, to, hostId, otherId } = input;
    await awaitBuilt(host, pool, to.volume);
    assertDiskFree(context.hosts, { id: otherId, hostId, pool, volume: to.volume });
    await deleteVolume(host, pool, to.volume);
  },
};

const verify: Step<DiskRewriteTask> = {
  async run(context, input) {
    const { host, live } = await lookAt(context, input);
    const made = await verifyRewritten(host, live, await inputNow(context));
    await note(context, { afterBytes: made.allocationBytes });
  },
};

/** Named so because the word is taken. */
const switchStep: Step<DiskRewriteTask> = {
  run: async (context, input) => switchOver(context, input, await lookAt(context, input)),
  undo: async (context, input) => switchBack(context, input, await lookAt(context, input)),
};

const old: Step<DiskRewriteTask> = {
  run: async (context, input) => dropOld(context, input, await lookAt(context, input)),
};

/** The VM as it is now. Throws `host.unreachable`, and `not_found` when libvirt has it no more. */
async function lookAt(
  { hosts }: StepContext,
  { hostId, uuid }: DiskRewriteTask,
): Promise<{ host: Host; live: LiveVm }> {
  const host = requireHost(hosts, hostId);
  const live = await host.inventory.refresh(uuid);
  if (live === null) throw notFound(`domain ${uuid}`);
  return { host, live };
}

/** The task's input with what the task itself has written into it. */
async function inputNow({ db, taskId }: StepContext): Promise<DiskRewriteTask> {
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  return diskRewrites["disk.convert"].input.parse(JSON.parse(task.input));
}

async function note(
  context: StepContext,
  facts: Pick<DiskRewriteTask, "before"> | Pick<DiskRewriteTask, "afterBytes">,
): Promise<void> {
  const input = JSON.stringify({ ...(await inputNow(context)), ...facts });
  await context.db.task.update({ where: { id: context.taskId }, data: { input } });
}

const steps = { reserve, copy, verify, switch: switchStep, old };

export const diskConvertHandler: TaskHandler<DiskRewriteTask> = {
  definition: diskRewrites["disk.convert"],
  steps,
};

export const diskCompactHandler: TaskHandler<DiskRewriteTask> = {
  definition: diskRewrites["disk.compact"],
  steps,
};
