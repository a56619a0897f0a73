import { z } from "zod";
import type { NetworkView } from "@/lib/model/host";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";

export const networkSchema = z
  .object({
    name: z.string(),
    active: z.boolean(),
    mode: z.enum(["nat", "route", "bridge", "isolated", "open", "user", "other"]),
    bridge: z.string().nullable(),
    address: z.string().nullable().describe("First address with its prefix."),
    dhcp: z.boolean(),
    autostart: z.boolean(),
    leases: z
      .array(
        z.object({
          mac: z.string(),
          address: z.string(),
          hostname: z.string().nullable(),
          expiresAt: timeSchema.nullable(),
        }),
      )
      .describe("Of the project's own VMs only."),
  })
  .meta({ id: "Network" }) satisfies z.ZodType<NetworkView>;

export const networkOperations = {
  listNetworks: operation({
    method: "GET",
    path: "/networks",
    tag: "Networks",
    summary: "List the networks that a project's VMs can be put on",
    permission: "network.read",
    query: z.strictObject({ projectId: idSchema }),
    status: 200,
    response: z.object({ items: z.array(networkSchema) }),
    shared: true,
    example: { projectId: "p7w2c4n8ta" },
  }),
} as const;
