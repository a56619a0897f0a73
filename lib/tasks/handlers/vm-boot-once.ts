import type { LiveVm } from "@/lib/hypervisor/types";
import { putBootBack } from "@/lib/hypervisor/vm/put-boot-back";
import { putCdFirst } from "@/lib/hypervisor/vm/put-cd-first";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { vmXml } from "@/lib/hypervisor/vm/vm-xml";
import { AppError, notFound } from "@/lib/model/errors";
import { isOff } from "@/lib/model/vm-state";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { assertStartable } from "@/lib/services/vm/assert-startable";
import { type VmBootOnceTask, vmBootOnce } from "../definitions/vm-boot-once";
import type { Step, StepContext, TaskHandler } from "./handler";

/** Writes down what is put back afterwards. */
const check: Step<VmBootOnceTask> = {
  async run(context, input) {
    const { db, hosts, taskId } = context;
    const { vmId: id, projectId, hostId, uuid } = input;
    const live = await lookAt(context, input);
    if (!isOff(live.state)) throw notOff(live);
    await assertStartable(db, { id, projectId });
    const beforeXml = await vmXml(requireHost(hosts, hostId), uuid, "next");
    await db.task.update({
      where: { id: taskId },
      data: { input: JSON.stringify({ ...input, beforeXml }) },
    });
  },
};

const define: Step<VmBootOnceTask> = {
  async run({ hosts }, { hostId, uuid, medium }) {
    await putCdFirst(requireHost(hosts, hostId), uuid, medium);
  },
  undo: putBack,
};

const start: Step<VmBootOnceTask> = {
  look: async (context, input) => !isOff((await lookAt(context, input)).state),
  async run(context, input) {
    const { hostId, uuid, medium } = input;
    const live = await startVm(requireHost(context.hosts, hostId), uuid);
    // Somebody else may have been quicker, by a definition of before or after.
    const first = live.disks.find((drive) => drive.bootOrder === 1);
    if (first?.device !== "cdrom" || first.volume !== medium.volume) throw notOff(live);
  },
};

const restore: Step<VmBootOnceTask> = { run: putBack };

async function putBack(context: StepContext, { hostId, uuid, vmId, projectId }: VmBootOnceTask) {
  const { db, hosts, taskId } = context;
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  const { beforeXml } = vmBootOnce.input.parse(JSON.parse(task.input));
  if (beforeXml === null) return;
  await putBootBack(requireHost(hosts, hostId), uuid, beforeXml);
  publish({ type: "vm", projectId, vmId });
}

async function lookAt({ hosts }: StepContext, input: VmBootOnceTask): Promise<LiveVm> {
  const live = await requireHost(hosts, input.hostId).inventory.refresh(input.uuid);
  if (live === null) throw notFound(`domain ${input.uuid}`);
  return live;
}

function notOff({ uuid, state }: LiveVm): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `${uuid} is ${state}`,
    userMessage: { key: "vm.boot_once_not_off" },
    details: { state },
  });
}

export const vmBootOnceHandler: TaskHandler<VmBootOnceTask> = {
  definition: vmBootOnce,
  steps: { check, define, start, restore },
};
