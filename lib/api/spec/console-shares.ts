import { z } from "zod";
import {
  type ConsoleShareView,
  createConsoleShareSchema,
  mostShares,
} from "@/lib/model/console-share";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";

const params = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };
const exampleShare = { shareId: "s4h8r2e6nk" };

const consoleShareSchema = z
  .object({
    id: idSchema,
    name: z.string().describe("For whom it is."),
    createdByName: z.string(),
    createdAt: timeSchema,
    expiresAt: timeSchema,
    maxVisits: z.int().nullable().describe("How many browsers may come by it; null: any number."),
    visitCount: z.int(),
    lastVisitAt: timeSchema.nullable(),
    watching: z.array(z.string()).describe("What those call themselves who watch by it now."),
  })
  .meta({ id: "ConsoleShare" }) satisfies z.ZodType<ConsoleShareView>;

export const consoleShareOperations = {
  listConsoleShares: operation({
    method: "GET",
    path: "/vms/{vmId}/console-shares",
    tag: "VMs",
    summary: "List the links to a VM's screen that hold",
    description: "Newest first, without their secrets, which nobody can read again.",
    permission: "vm.console",
    params,
    status: 200,
    response: z.object({ items: z.array(consoleShareSchema) }),
    problems: [],
    example,
  }),
  createConsoleShare: operation({
    method: "POST",
    path: "/vms/{vmId}/console-shares",
    tag: "VMs",
    summary: "Make a link to a VM's screen",
    description:
      "Whoever has it watches the screen in a browser, without an account, and only watches. " +
      `At most ${mostShares} hold at a time. It holds no longer than its maker may open the ` +
      "console. Administrators make none in projects in which they are no members.",
    permission: "vm.console",
    params,
    body: createConsoleShareSchema.omit({ vmId: true }),
    status: 201,
    response: z
      .object({
        share: consoleShareSchema,
        path: z
          .string()
          .describe("The link, behind the portal's own address, shown this one time."),
      })
      .meta({ id: "NewConsoleShare" }),
    idempotent: true,
    problems: ["conflict.rule"],
    example: { ...example, name: "Support", minutes: 60, maxVisits: 1 },
  }),
  revokeConsoleShare: operation({
    method: "DELETE",
    path: "/vms/{vmId}/console-shares/{shareId}",
    tag: "VMs",
    summary: "End a link to a VM's screen",
    description: "Who watches by it is cut at once.",
    permission: "vm.console",
    params: params.extend({ shareId: idSchema }),
    status: 204,
    problems: [],
    example: { ...example, ...exampleShare },
  }),
} as const;
