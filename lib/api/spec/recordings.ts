import { z } from "zod";
import {
  type RecordingPolicy,
  type RecordingView,
  recordingModes,
  recordingPolicySchema,
} from "@/lib/model/recording";
import { idSchema } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";

const projectParams = z.strictObject({ projectId: idSchema });
const example = { projectId: "p7w2c4n8ta" };

const policySchema = z
  .object({
    mode: z
      .enum(recordingModes)
      .describe("`consoles`: screens are recorded while somebody is at them."),
    keepDays: z.int().describe("How long a recording stays."),
    quotaMib: z.int().describe("What all of them may take; the oldest go first."),
  })
  .meta({ id: "RecordingPolicy" }) satisfies z.ZodType<RecordingPolicy>;

const recordingSchema = z
  .object({
    id: idSchema,
    projectId: idSchema,
    vmId: idSchema,
    vmName: z.string().describe("As it was named then."),
    vmThere: z.boolean().describe("The VM is still in the project."),
    startedAt: z.string(),
    endedAt: z.string().nullable().describe("Null while it is being made."),
    sizeBytes: z.int(),
    people: z.array(z.string()).describe("Who was at the screen."),
  })
  .meta({ id: "Recording" }) satisfies z.ZodType<RecordingView>;

const { mode, keepDays, quotaMib } = recordingPolicySchema.shape;

export const recordingOperations = {
  getRecordingPolicy: operation({
    method: "GET",
    path: "/projects/{projectId}/recording-policy",
    tag: "Recordings",
    summary: "Show whether a project's screens are recorded",
    permission: "project.read",
    params: projectParams,
    status: 200,
    response: policySchema,
    example,
  }),
  setRecordingPolicy: operation({
    method: "PUT",
    path: "/projects/{projectId}/recording-policy",
    tag: "Recordings",
    summary: "Set whether a project's screens are recorded",
    description:
      "From now on, screens that somebody is at included. Recordings that are there stay.",
    permission: "recording.set_policy",
    params: projectParams,
    body: z.strictObject({ mode, keepDays, quotaMib }),
    status: 200,
    response: policySchema,
    example: { ...example, mode: "consoles", keepDays: 30, quotaMib: 1_024 },
  }),
  listRecordings: operation({
    method: "GET",
    path: "/projects/{projectId}/recordings",
    tag: "Recordings",
    summary: "List a project's recordings",
    description: "Those of VMs that are gone included. They are played in the portal.",
    permission: "recording.read",
    params: projectParams,
    query: z.strictObject({
      vmId: idSchema.optional().describe("Of this VM alone."),
      ...pageQuery(["-startedAt", "startedAt"]),
    }),
    status: 200,
    response: pageOf(recordingSchema),
    example,
  }),
  deleteRecording: operation({
    method: "DELETE",
    path: "/recordings/{recordingId}",
    tag: "Recordings",
    summary: "Delete a recording",
    permission: "recording.delete",
    params: z.strictObject({ recordingId: idSchema }),
    status: 204,
    problems: ["conflict.rule"],
    example: { recordingId: "r4d8h1m6qz" },
  }),
} as const;
