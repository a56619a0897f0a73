import { z } from "zod";
import { type HostView, hostConnections } from "@/lib/model/host";
import { virtTypes } from "@/lib/model/vm";
import { idSchema, timeSchema } from "./fields";
import { networkSchema } from "./networks";
import { operation } from "./operation";

export const hostSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    uri: z.string(),
    connection: z.enum(hostConnections),
    connectionError: z.string().nullable(),
    syncedAt: timeSchema.nullable(),
    mode: z.enum(["system", "session", "test"]),
    virt: z.object({
      virtType: z.enum(virtTypes),
      reason: z.enum([
        "works",
        "forced",
        "no_device",
        "no_permission",
        "probe_failed",
        "not_checked",
      ]),
      detail: z.string(),
    }),
    libvirtVersion: z.string().nullable(),
    qemuVersion: z.string().nullable(),
    cpuModel: z.string().nullable(),
    cpuCount: z.int(),
    memoryKib: z.number(),
    memoryFreeKib: z.number(),
    pools: z.array(
      z.object({
        name: z.string(),
        role: z.enum(["images", "disks", "backups", "other"]),
        active: z.boolean(),
        capacityBytes: z.number(),
        availableBytes: z.number(),
      }),
    ),
    networks: z.array(networkSchema),
    vmCount: z.int(),
    unmanagedCount: z.int(),
  })
  .meta({ id: "Host" }) satisfies z.ZodType<HostView>;

export const hostOperations = {
  listHosts: operation({
    method: "GET",
    path: "/hosts",
    tag: "Hosts",
    summary: "List hosts",
    permission: "host.read",
    status: 200,
    response: z.object({ items: z.array(hostSchema) }),
  }),
} as const;
