"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { recordingExportSchema, recordingPolicySchema } from "@/lib/model/recording";
import { deleteRecording } from "@/lib/services/recording/delete-recording";
import { noteExport } from "@/lib/services/recording/note-export";
import { setRecordingPolicy } from "@/lib/services/recording/set-policy";

export const setRecordingPolicyAction = action(recordingPolicySchema, setRecordingPolicy);

export const deleteRecordingAction = action(
  z.object({ recordingId: z.string().min(1).max(40) }),
  deleteRecording,
);

export const noteExportAction = action(recordingExportSchema, noteExport);
