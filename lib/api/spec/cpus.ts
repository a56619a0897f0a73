import { z } from "zod";
import { cpuModes } from "@/lib/model/cpu";
import { setCpuSchema } from "@/lib/model/cpu-schema";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";
import { cpuViewSchema, vmDetailSchema } from "./vm-schemas";

const params = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };
const hostProblems: readonly ProblemCode[] = [
  "vm.bad_state",
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.timeout",
];

const cpuSchema = z
  .object({
    vmId: idSchema,
    ...cpuViewSchema.shape,
    maxVcpus: z.int().describe("vCPUs that it can have after its next start."),
    choices: z
      .object({ modes: z.array(z.enum(cpuModes)), models: z.array(z.string()) })
      .describe("What its host can give it."),
  })
  .meta({ id: "VmCpu" });

/** Processors of a VM: how many it can have, how they are arranged, and which they are. */
export const cpuOperations = {
  getVmCpu: operation({
    method: "GET",
    path: "/vms/{vmId}/cpu",
    tag: "VMs",
    summary: "Show a VM's processors, and what its host can give it",
    permission: "vm.read",
    params,
    status: 200,
    response: cpuSchema,
    problems: hostProblems,
    example,
  }),
  setVmCpu: operation({
    method: "PUT",
    path: "/vms/{vmId}/cpu",
    tag: "VMs",
    summary: "Set a VM's maximum of vCPUs, their topology and model",
    description:
      "From its next start on. Sockets times cores times threads must be the maximum. The model " +
      "is a mode or a name among the `choices`, or `default`, which is what a new VM gets; " +
      "without it the model stays. The maximum does not count against the quota.",
    permission: "vm.resize",
    params,
    body: setCpuSchema,
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.stale"],
    example: { ...example, maxVcpus: 8, sockets: 1, cores: 4, threads: 2, model: "host-model" },
  }),
} as const;
