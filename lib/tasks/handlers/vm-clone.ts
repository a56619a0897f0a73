import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { cloneVm } from "@/lib/hypervisor/vm/clone-vm";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { awaitBuilt } from "@/lib/hypervisor/volume/await-built";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { rewriteVolume } from "@/lib/hypervisor/volume/rewrite-volume";
import { deleteVolume } from "@/lib/hypervisor/volumes";
import { cloneProblem } from "@/lib/model/clone";
import { notFound } from "@/lib/model/errors";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { requireHost } from "@/lib/services/host/require-host";
import { assertRewritable } from "@/lib/services/volume/assert-rewritable";
import { type VmCloneTask, vmClone } from "../definitions/vm-clone";
import type { Step, StepContext, TaskHandler } from "./handler";
import { layOnTop, verifyLinked } from "./linked-disks";
import { assertReserved, forgetReserved, handOver, takeBack } from "./new-vm";
import { verifyRewritten } from "./verify-rewritten";

type CloneDisk = VmCloneTask["disks"][number];

const reserve: Step<VmCloneTask> = {
  run: (context, { vmId }) => assertReserved(context, vmId),
  undo: (context, input) => forgetReserved(context, input),
};

const copy: Step<VmCloneTask> = {
  /** What an interrupted copying has left cannot be told from whole files: it begins again. */
  async look({ hosts, signal }, { hostId, disks }) {
    const host = requireHost(hosts, hostId);
    for (const { pool, to } of disks) {
      await awaitBuilt(host, pool, to.volume, signal);
      await deleteVolume(host, pool, to.volume);
    }
    return false;
  },
  async run(context, input) {
    const disks = await measured(context, input);
    if (input.linked) return layOnTop(requireHost(context.hosts, input.hostId), disks);
    const total = disks.reduce((sum, disk) => sum + (disk.before?.allocationBytes ?? 0), 0);
    let copied = 0;
    for (const { pool, from, to, capacityBytes, before } of disks) {
      await rewriteVolume(
        requireHost(context.hosts, input.hostId),
        {
          from: { pool, volume: from.volume, path: null },
          to: { pool, ...to },
          capacityBytes,
        },
        context.signal,
        (bytes) => context.progress(Math.min(99, (100 * (copied + bytes)) / Math.max(1, total))),
      );
      copied += before?.allocationBytes ?? 0;
    }
  },
  /** Nothing in libvirt ends a copying: what was cancelled is thrown away when it is done. */
  async undo({ hosts }, { hostId, disks }) {
    const host = requireHost(hosts, hostId);
    for (const { pool, to, diskId } of disks) {
      await awaitBuilt(host, pool, to.volume);
      assertDiskFree(hosts, { id: diskId, hostId, pool, volume: to.volume });
      await deleteVolume(host, pool, to.volume);
    }
  },
};

const verify: Step<VmCloneTask> = {
  async run(context, input) {
    const { host, live } = await lookAtSource(context, input);
    const { disks } = await inputNow(context);
    for (const disk of disks) {
      if (input.linked) await verifyLinked(host, live, disk);
      else await verifyRewritten(host, live, { ...disk, uuid: input.source.uuid });
    }
  },
};

const define: Step<VmCloneTask> = {
  async look({ hosts }, { hostId, identity }) {
    return (await requireHost(hosts, hostId).inventory.refresh(identity.uuid)) !== null;
  },
  async run({ hosts }, { hostId, vmId, projectId, source, identity, disks }) {
    await cloneVm(requireHost(hosts, hostId), source, {
      ...identity,
      owner: { vmId, projectId },
      disks: Object.fromEntries(
        disks.map(({ diskId, target, pool, to }) => [target, { ...to, pool, serial: diskId }]),
      ),
    });
  },
  async undo({ hosts }, { hostId, identity }) {
    await undefineVm(requireHost(hosts, hostId), identity.uuid);
  },
};

const finish: Step<VmCloneTask> = {
  run: (context, input) => handOver(context, input),
  undo: (context, input) => takeBack(context, input),
};

/** The disks with how their files are now, written into the task before anything is copied. */
async function measured(context: StepContext, input: VmCloneTask): Promise<CloneDisk[]> {
  const { host, live } = await lookAtSource(context, input);
  const disks: CloneDisk[] = [];
  for (const disk of input.disks) {
    const { target, pool, from } = disk;
    const of = { vmId: input.source.vmId, live, target };
    const place = { pool, volume: from.volume };
    const { allocationBytes } = await assertRewritable(host, of, place, cloneProblem);
    const { changedAt } = await readVolumeFacts(host, { ...place, path: null });
    disks.push({ ...disk, before: { changedAt, allocationBytes } });
  }
  await context.db.task.update({
    where: { id: context.taskId },
    data: { input: JSON.stringify({ ...input, disks }) },
  });
  return disks;
}

/** The VM that is cloned as it is now. Throws `not_found` when libvirt has it no more. */
async function lookAtSource(
  { hosts }: StepContext,
  { hostId, source }: VmCloneTask,
): Promise<{ host: Host; live: LiveVm }> {
  const host = requireHost(hosts, hostId);
  const live = await host.inventory.refresh(source.uuid);
  if (live === null) throw notFound(`domain ${source.uuid}`);
  return { host, live };
}

/** The task's input with what the task itself has written into it. */
async function inputNow({ db, taskId }: StepContext): Promise<VmCloneTask> {
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  return vmClone.input.parse(JSON.parse(task.input));
}

export const vmCloneHandler: TaskHandler<VmCloneTask> = {
  definition: vmClone,
  steps: { reserve, copy, verify, define, finish },
};
