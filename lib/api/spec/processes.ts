import { z } from "zod";
import type { ProcessView } from "@/lib/model/process/process";
import { idSchema } from "./fields";
import { operation } from "./operation";

const processSchema = z
  .object({
    vmId: idSchema,
    pid: z.int(),
    user: z.string().describe("The account it runs as."),
    startedAt: z.iso.datetime(),
    command: z.array(z.string()).describe("Program and arguments."),
    residentKib: z.int().describe("Memory in the host's RAM now."),
    peakResidentKib: z.int(),
    swappedKib: z.int(),
    cpuUserSeconds: z.number(),
    cpuSystemSeconds: z.number(),
    threads: z.array(
      z.object({
        tid: z.int(),
        name: z.string(),
        cpuSeconds: z.number(),
        allowedCpus: z.string().describe("The host's CPUs that it may run on: 0-3,8."),
      }),
    ),
    threadCount: z.int(),
    open: z
      .object({ total: z.int(), sockets: z.int(), files: z.array(z.string()) })
      .nullable()
      .describe("Null where the portal's account may not see them."),
    cgroup: z.string().nullable(),
    commands: z.array(z.string()).describe("The same by hand."),
  })
  .meta({ id: "Process" }) satisfies z.ZodType<ProcessView>;

/** A guest as a process of its host. */
export const processOperations = {
  getVmProcess: operation({
    method: "GET",
    path: "/vms/{vmId}/process",
    tag: "VMs",
    summary: "Show a running VM as a process",
    description: "Read from /proc of the portal's own machine; for administrators and auditors.",
    permission: "vm.process",
    params: z.strictObject({ vmId: idSchema }),
    status: 200,
    response: processSchema,
    problems: ["vm.bad_state", "host.unreachable", "host.unsupported"],
    example: { vmId: "k3m9x2a7pq" },
  }),
} as const;
