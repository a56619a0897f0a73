import { z } from "zod";
import {
  type BackupView,
  backupKinds,
  backupLacks,
  backupNoteSchema,
  backupStates,
  backupVerdicts,
} from "@/lib/model/backup";
import { vmNameSchema } from "@/lib/model/vm";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";
import type { ProblemCode } from "./problem";
import { taskSchema } from "./task-schemas";

const vmParams = z.strictObject({ vmId: idSchema });
const projectParams = z.strictObject({ projectId: idSchema });
const params = z.strictObject({ projectId: idSchema, backupId: idSchema });
const ofVm = { vmId: "k3m9x2a7pq" };
const ofProject = { projectId: "p7w2c4n8ta" };
const example = { ...ofProject, backupId: "b5n8r3w6kd" };
const problems: readonly ProblemCode[] = ["vm.bad_state", "host.unreachable"];

const backupSchema = z
  .object({
    id: idSchema,
    projectId: idSchema,
    vmId: idSchema,
    vmName: z.string().describe("The VM's name at that time."),
    vmThere: z.boolean().describe("Whether the VM is still there."),
    state: z.enum(backupStates),
    kind: z.enum(backupKinds),
    baseId: idSchema.nullable().describe("The backup that an incremental one builds on."),
    neededBy: z.int().describe("How many build on this one."),
    fullBecause: z
      .object({
        key: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      })
      .nullable()
      .describe("Why it is full although an increment was asked for."),
    lacks: z
      .array(z.enum(backupLacks))
      .readonly()
      .describe("What the VM had and the backup has not: UEFI variables, the state of a TPM."),
    files: z.array(
      z.object({
        kind: z.literal("nvram"),
        file: z.string(),
        sizeBytes: z.int().nullable(),
        sha256: z.string().nullable(),
      }),
    ),
    scheduled: z.boolean().describe("Made by the VM's schedule."),
    note: z.string(),
    ran: z.boolean().describe("Whether the guest ran."),
    quiesced: z
      .boolean()
      .nullable()
      .describe("Whether the guest's agent held its file systems; null when it was off."),
    countedBytes: z.int().describe("What it counts against the project's disk space."),
    definitionFile: z.string().describe("Name of the definition's file in the pool of backups."),
    disks: z.array(
      z.object({
        target: z.string(),
        format: z.string().describe("Of the VM's disk; the file is qcow2."),
        capacityBytes: z.int(),
        file: z.string(),
        sizeBytes: z.int().nullable(),
        sha256: z.string().nullable(),
      }),
    ),
    createdBy: z.string(),
    createdAt: timeSchema,
    verifiedAt: timeSchema.nullable(),
    verdict: z.enum(backupVerdicts).nullable().describe("What the last look at its files found."),
  })
  .meta({ id: "Backup" }) satisfies z.ZodType<BackupView>;

export const backupOperations = {
  listVmBackups: operation({
    method: "GET",
    path: "/vms/{vmId}/backups",
    tag: "Backups",
    summary: "List a VM's backups, newest first",
    permission: "backup.read",
    params: vmParams,
    status: 200,
    response: z.object({ items: z.array(backupSchema) }),
    example: ofVm,
  }),
  createVmBackup: operation({
    method: "POST",
    path: "/vms/{vmId}/backups",
    tag: "Backups",
    summary: "Back a VM up",
    description:
      "All disks as they are at one moment, and the definition, also while the guest runs. With " +
      "`quiesce` the guest's agent, where one answers, holds its file systems for that moment. " +
      "With `incremental` only what has changed since the last such one is written, where that can " +
      "be; else everything, and `fullBecause` of the backup says why.",
    permission: "backup.create",
    params: vmParams,
    body: z.strictObject({
      note: backupNoteSchema.default(""),
      quiesce: z.boolean().default(true),
      incremental: z.boolean().default(false),
    }),
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: [...problems, "conflict.rule", "quota.exceeded", "host.refused"],
    example: { ...ofVm, note: "before the upgrade" },
  }),
  listBackups: operation({
    method: "GET",
    path: "/projects/{projectId}/backups",
    tag: "Backups",
    summary: "List a project's backups, those of deleted VMs included",
    permission: "backup.read",
    params: projectParams,
    query: z.strictObject(pageQuery(["createdAt", "-createdAt"])),
    status: 200,
    response: pageOf(backupSchema),
    example: ofProject,
  }),
  getBackup: operation({
    method: "GET",
    path: "/projects/{projectId}/backups/{backupId}",
    tag: "Backups",
    summary: "Show a backup",
    permission: "backup.read",
    params,
    status: 200,
    response: backupSchema,
    example,
  }),
  verifyBackup: operation({
    method: "POST",
    path: "/projects/{projectId}/backups/{backupId}/verify",
    tag: "Backups",
    summary: "Read a backup's files again and compare them",
    description: "With the length and SHA-256 that were written down when it was made.",
    permission: "backup.verify",
    params,
    status: 202,
    response: taskSchema,
    problems: [...problems, "conflict.rule"],
    example,
  }),
  restoreBackup: operation({
    method: "POST",
    path: "/projects/{projectId}/backups/{backupId}/restore",
    tag: "Backups",
    summary: "Make a new VM of a backup",
    description:
      "With its disks and its definition, and with a UUID, network addresses and files of its " +
      "own. The VM that was backed up is not touched.",
    permission: "backup.restore",
    params,
    body: z.strictObject({ name: vmNameSchema, start: z.boolean().default(false) }),
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: [...problems, "conflict.exists", "conflict.rule", "quota.exceeded"],
    example: { ...example, name: "web-restored", start: true },
  }),
  restoreBackupInPlace: operation({
    method: "POST",
    path: "/projects/{projectId}/backups/{backupId}/restore-in-place",
    tag: "Backups",
    summary: "Give a VM that is off the disks and the definition of a backup",
    description:
      "What was written since is lost. The former disks go when the VM has the new ones; what is " +
      "cancelled or fails before leaves it as it was.",
    permission: "backup.restore_in_place",
    params,
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: [...problems, "conflict.rule", "quota.exceeded"],
    example,
  }),
  deleteBackup: operation({
    method: "DELETE",
    path: "/projects/{projectId}/backups/{backupId}",
    tag: "Backups",
    summary: "Delete a backup with its files",
    permission: "backup.delete",
    params,
    status: 202,
    response: taskSchema,
    problems,
    example,
  }),
} as const;
