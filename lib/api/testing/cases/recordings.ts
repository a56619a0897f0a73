import type { recordingOperations } from "../../spec/recordings";
import type { CasesOf } from "./case";

export const recordingCases: CasesOf<typeof recordingOperations> = {
  getRecordingPolicy: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },
  setRecordingPolicy: {
    as: "owner",
    input: ({ ids }) => ({
      projectId: ids.projectId,
      mode: "consoles",
      keepDays: 7,
      quotaMib: 128,
    }),
    refusals: [
      ["input.invalid", { keepDays: 0 }],
      ["input.invalid", { quotaMib: 1 }],
    ],
  },
  listRecordings: {
    as: "auditor",
    input: ({ ids }) => ({ projectId: ids.projectId, vmId: ids.vmId }),
  },
  deleteRecording: {
    as: "owner",
    input: ({ ids }) => ({ recordingId: ids.recordingId }),
    refusals: [
      [
        "conflict.rule",
        {},
        ({ world, ids }) =>
          world.db.recording.update({ where: { id: ids.recordingId }, data: { endedAt: null } }),
      ],
    ],
  },
};
