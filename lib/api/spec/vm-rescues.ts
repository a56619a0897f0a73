import { z } from "zod";
import { changedInRescue, startRescueSchema } from "@/lib/model/rescue";
import { idSchema } from "./fields";
import { operation } from "./operation";
import { vmSchema } from "./vm-schemas";

const params = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };

export const vmRescueOperations = {
  startVmRescue: operation({
    method: "PUT",
    path: "/vms/{vmId}/rescue",
    tag: "VMs",
    summary: "Start a VM that is off from a rescue image",
    description:
      "An image of its project, in a drive of its own; disks and other drives stay, and nothing " +
      "starts from them. So it is at every start until the rescue ends. Until then hardware, " +
      "disks, snapshots and definition are not changed. The definition of before is kept.",
    permission: "vm.rescue",
    params,
    body: startRescueSchema,
    status: 200,
    response: vmSchema,
    problems: [
      "vm.bad_state",
      "conflict.stale",
      "host.unreachable",
      "host.outcome_unknown",
      "host.refused",
      "host.timeout",
    ],
    example: { ...example, imageId: "d4r8s1m6ze" },
  }),
  endVmRescue: operation({
    method: "DELETE",
    path: "/vms/{vmId}/rescue",
    tag: "VMs",
    summary: "End a VM's rescue",
    description:
      "From its next start on it has its definition of before; a guest that runs is left alone. " +
      "Has somebody changed the definition since, that is refused unless `changed` says what " +
      "becomes of it: keep takes out only what the rescue put in, restore the whole change.",
    permission: "vm.rescue",
    params,
    query: z.strictObject({ changed: z.enum(changedInRescue).default("refuse") }),
    status: 200,
    response: vmSchema,
    problems: [
      "vm.bad_state",
      "conflict.stale",
      "host.unreachable",
      "host.outcome_unknown",
      "host.refused",
      "host.timeout",
    ],
    example,
  }),
} as const;
