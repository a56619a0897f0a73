import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({ backupId: z.string(), projectId: z.string(), hostId: z.string() });

export type BackupVerifyTask = z.infer<typeof input>;

export const backupVerify: TaskDefinition<BackupVerifyTask> = {
  kind: "backup.verify",
  input,
  steps: ["checksum"],
  cancellable: true,
};
