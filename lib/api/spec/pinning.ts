import { z } from "zod";
import { pinSchema } from "@/lib/model/pin-schema";
import type { PinningView } from "@/lib/model/pinning";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";

const params = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };
const problems: readonly ProblemCode[] = [
  "vm.bad_state",
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.timeout",
];

const cpus = z.array(z.int());
const pins = z
  .object({
    vcpus: z.array(cpus.nullable()).describe("By the number of the vCPU; null: on all CPUs."),
    emulator: cpus.nullable().describe("QEMU's own threads besides the vCPUs."),
  })
  .meta({ id: "Pins" });

const pinningSchema = z
  .object({
    vmId: idSchema,
    cells: z
      .array(
        z.object({
          cell: z.int(),
          memoryKib: z.int().nullable(),
          cores: z.array(z.object({ socket: z.int(), core: z.int(), cpus })),
        }),
      )
      .describe("The host's NUMA cells; CPUs of one core share it."),
    now: pins.nullable().describe("Of the running guest; null when it is off."),
    next: pins,
    neighbours: z
      .array(z.object({ name: z.string(), cpus }))
      .describe("Other VMs of the host that are bound."),
    commands: z.array(z.string()).describe("The same by hand."),
  })
  .meta({ id: "Pinning" }) satisfies z.ZodType<PinningView>;

/** A VM's place on the processors of its host. */
export const pinningOperations = {
  getVmPinning: operation({
    method: "GET",
    path: "/vms/{vmId}/pinning",
    tag: "VMs",
    summary: "Show the host's CPUs that a VM is bound to",
    description: "For administrators and auditors.",
    permission: "vm.process",
    params,
    status: 200,
    response: pinningSchema,
    problems,
    example,
  }),
  pinVm: operation({
    method: "PUT",
    path: "/vms/{vmId}/pinning",
    tag: "VMs",
    summary: "Bind a VM's vCPUs and emulator to CPUs of its host",
    description:
      "In the running guest at once, and at every start. What is not named stays as it is; null " +
      "stands for every CPU of the host.",
    permission: "vm.pin",
    params,
    body: pinSchema,
    status: 200,
    response: pinningSchema,
    problems,
    example: {
      ...example,
      vcpus: [
        { vcpu: 0, cpus: [2] },
        { vcpu: 1, cpus: [3] },
      ],
      emulator: [0, 1],
    },
  }),
} as const;
