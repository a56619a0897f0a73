import { consoleSessions } from "@/lib/console/sessions";
import type { SharedScreenNow } from "@/lib/model/console-share";
import { recordingPolicyOf } from "../recording/get-policy";
import { type ScreenVisitor, visitedVm } from "./visited-vm";

/** The screen that this browser may watch by a link. Throws as `visitedVm` does. */
export async function readSharedScreen(
  visitor: ScreenVisitor,
  { shareId }: { shareId: string },
): Promise<SharedScreenNow> {
  const { visit, row, live } = await visitedVm(visitor, shareId);
  const { mode } = await recordingPolicyOf(visitor.db, row.projectId);
  return {
    shareId,
    vmName: row.name,
    sharedByName: visit.share.createdByName,
    visitorName: visit.name,
    expiresAt: visit.share.expiresAt.toISOString(),
    state: live.state,
    bootId: live.bootId,
    recorded: consoleSessions().isRecorded(row.id),
    recordsScreens: mode !== "off",
  };
}
