import { deleteRecording } from "@/lib/services/recording/delete-recording";
import { getRecordingPolicy } from "@/lib/services/recording/get-policy";
import { listRecordings } from "@/lib/services/recording/list-recordings";
import { setRecordingPolicy } from "@/lib/services/recording/set-policy";
import type { recordingOperations } from "../spec/recordings";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";
import { pageOfList } from "./paged";

export const recordingHandlers: HandlersOf<keyof typeof recordingOperations> = {
  getRecordingPolicy,
  setRecordingPolicy,
  listRecordings: async (ctx, query) => {
    const recordings = (await listRecordings(ctx, query)).filter(
      (each) => query.vmId === undefined || each.vmId === query.vmId,
    );
    return pageOfList(recordings, query, {
      id: (each) => each.id,
      key: (each) => each.startedAt,
    });
  },
  deleteRecording: (ctx, input) => noContent(deleteRecording(ctx, input)),
};
