import { z } from "zod";

/** When a VM's screen is recorded: never, or while somebody is at it. */
export const recordingModes = ["off", "consoles"] as const;
export type RecordingMode = (typeof recordingModes)[number];

/** Whether and how a project records the screens of its VMs. */
export interface RecordingPolicy {
  mode: RecordingMode;
  /** How long a recording stays. */
  keepDays: number;
  /** What all recordings of the project may take; the oldest go first. */
  quotaMib: number;
}

export const noRecording: RecordingPolicy = { mode: "off", keepDays: 30, quotaMib: 1_024 };

export const recordingPolicySchema = z.object({
  projectId: z.string().min(1).max(40),
  mode: z.enum(recordingModes),
  keepDays: z
    .number("field.recording_days.range")
    .int("field.recording_days.range")
    .min(1, "field.recording_days.range")
    .max(3_650, "field.recording_days.range"),
  quotaMib: z
    .number("field.recording_quota.range")
    .int("field.recording_quota.range")
    .min(64, "field.recording_quota.range")
    .max(1_048_576, "field.recording_quota.range"),
});
export type RecordingPolicyInput = z.infer<typeof recordingPolicySchema>;

/** A recording in a list. */
export interface RecordingView {
  id: string;
  projectId: string;
  vmId: string;
  vmName: string;
  /** The VM is still in the project. */
  vmThere: boolean;
  startedAt: string;
  /** Null while it is being made. */
  endedAt: string | null;
  sizeBytes: number;
  /** Who was at the screen. */
  people: string[];
}

/** One piece of a recording that can be played by itself. */
export interface RecordedSegment {
  width: number;
  height: number;
  /** Since the recording began. */
  startMs: number;
  endMs: number;
  /** Its updates: since the recording began, bytes, thousandths of the screen that changed. */
  updates: [atMs: number, bytes: number, changed: number][];
}

/** A recording with what a player needs to know before it plays. */
export interface RecordingDetail extends RecordingView {
  lengthMs: number;
  segments: RecordedSegment[];
}

/** What a film of a recording is made as. */
export const filmFormats = ["gif", "webm"] as const;
export type FilmFormat = (typeof filmFormats)[number];

export const recordingExportSchema = z.object({
  recordingId: z.string().min(1).max(40),
  format: z.enum(filmFormats),
  fromMs: z.number().int().min(0),
  toMs: z.number().int().min(0),
});
export type RecordingExportInput = z.infer<typeof recordingExportSchema>;
