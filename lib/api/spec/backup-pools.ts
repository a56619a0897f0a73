import { z } from "zod";
import { type BackupPool, backupPoolSchema } from "@/lib/model/backup-pool";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";

const problems: readonly ProblemCode[] = ["host.unreachable", "host.refused", "host.timeout"];
const { hostId, pool } = backupPoolSchema.shape;

const poolSchema = z
  .object({
    hostId: idSchema,
    pool: z
      .string()
      .nullable()
      .describe("The pool that an administrator named; null: the portal's own."),
    choices: z
      .array(
        z.object({
          name: z.string(),
          active: z.boolean(),
          capacityBytes: z.number(),
          availableBytes: z.number(),
        }),
      )
      .describe("Pools of the host besides the portal's own."),
  })
  .meta({ id: "BackupPool" }) satisfies z.ZodType<BackupPool>;

export const backupPoolOperations = {
  getBackupPool: operation({
    method: "GET",
    path: "/hosts/{hostId}/backup-pool",
    tag: "Hosts",
    summary: "Show the pool that backups of a host's VMs go to",
    permission: "host.read",
    params: z.strictObject({ hostId }),
    status: 200,
    response: poolSchema,
    example: { hostId: "local" },
  }),
  setBackupPool: operation({
    method: "PUT",
    path: "/hosts/{hostId}/backup-pool",
    tag: "Hosts",
    summary: "Name the pool that backups of a host's VMs go to",
    description:
      "From now on: backups that are there stay where they are. Any active pool that is a folder " +
      "will do, a mounted disk or share for instance; libvirt writes a file there and removes it " +
      "again before the pool is taken.",
    permission: "host.set_backup_pool",
    params: z.strictObject({ hostId }),
    body: z.strictObject({ pool }),
    status: 200,
    response: poolSchema,
    problems: ["conflict.rule", ...problems],
    example: { hostId: "local", pool: "usb-disk" },
  }),
} as const;
