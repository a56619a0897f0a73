import { z } from "zod";
import { type StartOrderView, setStartOrderSchema } from "@/lib/model/start-order";
import { idSchema } from "./fields";
import { operation } from "./operation";

const placeSchema = z
  .object({
    position: z.int().describe("Lower ones first, equal ones by name."),
    delaySeconds: z.int().describe("How long the next one waits."),
  })
  .meta({ id: "StartPlace" });

const viewSchema = z
  .object({
    vmId: idSchema,
    place: placeSchema.nullable().describe("Null: it is not in the order."),
    order: z.array(
      z.object({
        vmId: idSchema,
        name: z.string(),
        position: z.int(),
        delaySeconds: z.int(),
        waiting: z.boolean().describe("Its turn after the last boot has not come yet."),
      }),
    ),
  })
  .meta({ id: "StartOrder" }) satisfies z.ZodType<StartOrderView>;

const params = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };

export const startOrderOperations = {
  getVmStartOrder: operation({
    method: "GET",
    path: "/vms/{vmId}/start-order",
    tag: "VMs",
    summary: "Show the order in which VMs start after their host has booted",
    description: "Of the VM's project on the VM's host.",
    permission: "vm.read",
    params,
    status: 200,
    response: viewSchema,
    example,
  }),
  setVmStartOrder: operation({
    method: "PUT",
    path: "/vms/{vmId}/start-order",
    tag: "VMs",
    summary: "Set or take away a VM's place in the start order",
    description:
      "The portal starts VMs of the order itself, once it runs after a boot of their host; their " +
      "autostart by libvirt, which needs no portal, goes off.",
    permission: "vm.autostart",
    params,
    body: z.strictObject({ place: setStartOrderSchema.shape.place }),
    status: 200,
    response: viewSchema,
    problems: [
      "vm.bad_state",
      "host.unreachable",
      "host.outcome_unknown",
      "host.refused",
      "host.timeout",
    ],
    example: { ...example, place: { position: 10, delaySeconds: 30 } },
  }),
} as const;
