import type { z } from "zod";
import { adoptionOperations } from "./adoptions";
import { auditOperations } from "./audit";
import { backupPoolOperations } from "./backup-pools";
import { backupScheduleOperations } from "./backup-schedules";
import { backupOperations } from "./backups";
import { consoleShareOperations } from "./console-shares";
import { cpuOperations } from "./cpus";
import { definitionOperations } from "./definitions";
import { diskFileOperations } from "./disk-files";
import { diskSettingsOperations } from "./disk-settings";
import { diskOperations } from "./disks";
import { guestMemoryOperations } from "./guest-memory";
import { guestOperations } from "./guests";
import { hostOperations } from "./hosts";
import { imageOperations } from "./images";
import { invitationOperations } from "./invitations";
import { networkOperations } from "./networks";
import { nicOperations } from "./nics";
import type { Operation } from "./operation";
import { pinningOperations } from "./pinning";
import { processOperations } from "./processes";
import { projectOperations } from "./projects";
import { recordingOperations } from "./recordings";
import { snapshotOperations } from "./snapshots";
import { startOrderOperations } from "./start-order";
import { taskOperations } from "./tasks";
import { tokenOperations } from "./tokens";
import { tuningOperations } from "./tuning";
import { userOperations } from "./users";
import { vmCloneOperations } from "./vm-clones";
import { vmDiskOperations } from "./vm-disks";
import { vmImportOperations } from "./vm-imports";
import { vmRescueOperations } from "./vm-rescues";
import { vmTransferOperations } from "./vm-transfers";
import { vmOperations } from "./vms";
import { watchOperations } from "./watches";

/** Where the API lies, and the version that it keeps for its life. */
export const apiBase = "/api/v1";

/** Every operation by its id: the one table of the server, its document and the command line. */
export const operations = {
  ...vmOperations,
  ...cpuOperations,
  ...vmCloneOperations,
  ...vmImportOperations,
  ...adoptionOperations,
  ...vmTransferOperations,
  ...vmRescueOperations,
  ...definitionOperations,
  ...nicOperations,
  ...diskOperations,
  ...diskFileOperations,
  ...vmDiskOperations,
  ...processOperations,
  ...pinningOperations,
  ...tuningOperations,
  ...backupPoolOperations,
  ...startOrderOperations,
  ...guestOperations,
  ...guestMemoryOperations,
  ...diskSettingsOperations,
  ...consoleShareOperations,
  ...snapshotOperations,
  ...backupOperations,
  ...backupScheduleOperations,
  ...watchOperations,
  ...imageOperations,
  ...networkOperations,
  ...taskOperations,
  ...projectOperations,
  ...recordingOperations,
  ...invitationOperations,
  ...tokenOperations,
  ...userOperations,
  ...hostOperations,
  ...auditOperations,
} as const;

export type OperationId = keyof typeof operations;

/** The same, to walk through. */
export const operationList = Object.entries(operations) as [OperationId, Operation][];

type Input<S> =
  S extends z.ZodObject<infer Shape> ? (keyof Shape extends never ? object : z.input<S>) : object;
type Output<S> =
  S extends z.ZodObject<infer Shape> ? (keyof Shape extends never ? object : z.output<S>) : object;

type Of<Id extends OperationId> = (typeof operations)[Id];

/** What a caller gives: path, query and body in one object. */
export type OperationCall<Id extends OperationId> = Input<Of<Id>["params"]> &
  Input<Of<Id>["query"]> &
  Input<Of<Id>["body"]>;

/** The same as the server sees it: checked, and with what was left out filled in. */
export type OperationInput<Id extends OperationId> = Output<Of<Id>["params"]> &
  Output<Of<Id>["query"]> &
  Output<Of<Id>["body"]>;

/** What a caller gets; undefined is an answer without a body. */
export type OperationResult<Id extends OperationId> = Of<Id>["response"] extends z.ZodType
  ? z.output<Of<Id>["response"]>
  : undefined;
