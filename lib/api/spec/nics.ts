import { z } from "zod";
import {
  addNicSchema,
  macSchema,
  moveNicSchema,
  nicLimitsSchema,
  nicModelSchema,
} from "@/lib/model/nic";
import { idSchema } from "./fields";
import { operation } from "./operation";
import { hostProblems } from "./problem";
import { vmDetailSchema } from "./vm-schemas";

const nicParams = z.strictObject({ vmId: idSchema, mac: macSchema });
const example = { vmId: "k3m9x2a7pq", mac: "52:54:00:3a:7c:1d" };

export const nicOperations = {
  addVmNic: operation({
    method: "POST",
    path: "/vms/{vmId}/nics",
    tag: "VMs",
    summary: "Add a network card to a VM",
    description:
      "In the running guest at once and at every start. `e1000` and `rtl8139` fit into no running " +
      "q35 machine: those come at the next start.",
    permission: "vm.nic",
    params: z.strictObject({ vmId: idSchema }),
    body: addNicSchema.extend({ model: addNicSchema.shape.model.default("virtio") }),
    status: 201,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.rule"],
    example: { vmId: example.vmId, network: "lab", model: "virtio" },
  }),
  removeVmNic: operation({
    method: "DELETE",
    path: "/vms/{vmId}/nics/{mac}",
    tag: "VMs",
    summary: "Take a network card out of a VM",
    description:
      "Out of the running guest, and of its next start. A guest that does not answer keeps it, " +
      "and you get `host.timeout`.",
    permission: "vm.nic",
    params: nicParams,
    status: 200,
    response: vmDetailSchema,
    problems: hostProblems,
    example,
  }),
  moveVmNic: operation({
    method: "PUT",
    path: "/vms/{vmId}/nics/{mac}/network",
    tag: "VMs",
    summary: "Put a network card into another network",
    description:
      "In the running guest at once, which sees its cable go out and in, and for its next start.",
    permission: "vm.nic",
    params: nicParams,
    body: moveNicSchema,
    status: 200,
    response: vmDetailSchema,
    problems: hostProblems,
    example: { ...example, network: "lab" },
  }),
  setVmNicModel: operation({
    method: "PUT",
    path: "/vms/{vmId}/nics/{mac}/model",
    tag: "VMs",
    summary: "Make a network card another model",
    description: "At its next start; what runs keeps the card that it has.",
    permission: "vm.nic",
    params: nicParams,
    body: nicModelSchema,
    status: 200,
    response: vmDetailSchema,
    problems: hostProblems,
    example: { ...example, model: "e1000e" },
  }),
  setVmNicLimits: operation({
    method: "PUT",
    path: "/vms/{vmId}/nics/{mac}/limits",
    tag: "VMs",
    summary: "Hold a network card's traffic to limits",
    description:
      "In the running guest at once, and for its next start; null lifts the limit of a direction. " +
      "A host whose kernel cannot do it refuses, and nothing is changed.",
    permission: "vm.set_nic_limits",
    params: nicParams,
    body: nicLimitsSchema,
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.rule"],
    example: {
      ...example,
      inbound: { average: 10_240, peak: 20_480, burst: 4096 },
      outbound: null,
    },
  }),
  setVmNicLink: operation({
    method: "PUT",
    path: "/vms/{vmId}/nics/{mac}/link",
    tag: "VMs",
    summary: "Plug a network card's cable in or out",
    description: "In the running guest at once, and for its next start.",
    permission: "vm.nic",
    params: nicParams,
    body: z.strictObject({ up: z.boolean() }),
    status: 200,
    response: vmDetailSchema,
    problems: hostProblems,
    example: { ...example, up: false },
  }),
} as const;
