import type {
  RecordingExportInput,
  RecordingPolicy,
  RecordingPolicyInput,
} from "@/lib/model/recording";
import type { ActionResult } from "@/lib/model/result";

export type SetPolicyAction = (
  input: RecordingPolicyInput,
) => Promise<ActionResult<RecordingPolicy>>;
export type DeleteRecordingAction = (input: { recordingId: string }) => Promise<ActionResult<void>>;
export type NoteExportAction = (input: RecordingExportInput) => Promise<ActionResult<void>>;
