"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { recordingPolicySchema } from "@/lib/model/recording";
import { deleteRecording } from "@/lib/services/recording/delete-recording";
import { setRecordingPolicy } from "@/lib/services/recording/set-policy";

export const setRecordingPolicyAction = action(recordingPolicySchema, setRecordingPolicy);

export const deleteRecordingAction = action(
  z.object({ recordingId: z.string().min(1).max(40) }),
  deleteRecording,
);
