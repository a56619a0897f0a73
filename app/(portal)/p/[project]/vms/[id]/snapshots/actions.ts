"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { snapshotLimits } from "@/lib/model/snapshot";
import { snapshotDescriptionSchema, snapshotNameSchema } from "@/lib/model/snapshot-schema";
import { createSnapshot } from "@/lib/services/snapshot/create-snapshot";
import { deleteSnapshot } from "@/lib/services/snapshot/delete-snapshot";
import { editSnapshot } from "@/lib/services/snapshot/edit-snapshot";
import { revertSnapshot } from "@/lib/services/snapshot/revert-snapshot";

const vmId = z.string().min(1).max(40);
/** Of one that is there: virsh allows more in a name than we do. */
const snapshot = z.string().min(1).max(255);

export const createSnapshotAction = action(
  z.object({
    vmId,
    name: snapshotNameSchema,
    description: snapshotDescriptionSchema,
    memory: z.boolean(),
    quiesce: z.boolean(),
  }),
  createSnapshot,
);

export const editSnapshotAction = action(
  z.object({ vmId, snapshot, description: snapshotDescriptionSchema }),
  editSnapshot,
);

export const revertSnapshotAction = action(
  z.object({
    vmId,
    snapshot,
    first: snapshotNameSchema.nullable(),
    confirmName: z.string().max(4 * snapshotLimits.nameLength + 255),
  }),
  revertSnapshot,
);

export const deleteSnapshotAction = action(
  z.object({ vmId, snapshot, children: z.boolean() }),
  deleteSnapshot,
);
