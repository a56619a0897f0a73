import { z } from "zod";
import { type WatchView, watchKinds, watchSchema } from "@/lib/model/watch/watch";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";

const ofVm = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };

const viewSchema = z
  .object({
    id: idSchema,
    vmId: idSchema,
    vmName: z.string(),
    name: z.string(),
    kind: z.enum(watchKinds),
    texts: z.array(z.string()),
    stillSeconds: z.int().nullable(),
    again: z.boolean(),
    keys: z.string(),
    layout: watchSchema.shape.layout.unwrap(),
    hookUrl: z.string().nullable(),
    createdBy: z.string(),
    createdAt: timeSchema,
    expiresAt: timeSchema,
    ended: z
      .enum(["fired", "expired", "forbidden"])
      .nullable()
      .describe("Why it watches no more; null while it does."),
    firedAt: timeSchema.nullable(),
    firedText: z.string().nullable().describe("The line of the screen that was found."),
    fires: z.int(),
    hook: z
      .object({
        state: z.enum(["waiting", "delivered", "failed"]),
        tries: z.int(),
        answer: z.string().nullable().describe("What the last call came to, like HTTP 204."),
      })
      .nullable(),
  })
  .meta({ id: "Watch" }) satisfies z.ZodType<WatchView>;

export const watchOperations = {
  listWatches: operation({
    method: "GET",
    path: "/vms/{vmId}/watches",
    tag: "VMs",
    summary: "List the watches of a VM's screen",
    description: "Those that have ended too, newest first.",
    permission: "vm.screen",
    params: ofVm,
    status: 200,
    response: z.object({ items: z.array(viewSchema) }),
    example,
  }),
  addWatch: operation({
    method: "POST",
    path: "/vms/{vmId}/watches",
    tag: "VMs",
    summary: "Have a VM's screen watched",
    description:
      "Fires when a line of the screen has one of `texts` (`*` stands for anything between), when " +
      "the screen has been still for `stillSeconds`, or when both hold; of `kind` `off`, when the " +
      "guest stops or was started anew. Then its maker is told in the browser, `keys` are typed " +
      "and `hookUrl` gets a POST, signed with `hookSecret` by the header `Portico-Signature`. " +
      "Ends after it has fired, unless `again`, and after `hours`.",
    permission: "vm.console",
    params: ofVm,
    body: watchSchema,
    status: 201,
    response: z.object({
      watch: viewSchema,
      hookSecret: z.string().nullable().describe("Shown this once; null without a `hookUrl`."),
    }),
    problems: ["vm.bad_state", "quota.exceeded"],
    example: { ...example, name: "It is up", kind: "screen", texts: ["login:"] },
  }),
  removeWatch: operation({
    method: "DELETE",
    path: "/vms/{vmId}/watches/{watchId}",
    tag: "VMs",
    summary: "Remove a watch of a VM's screen",
    permission: "vm.console",
    params: z.strictObject({ ...ofVm.shape, watchId: idSchema }),
    status: 204,
    example: { ...example, watchId: "w4c8t2h6ns" },
  }),
} as const;
