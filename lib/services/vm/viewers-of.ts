import { consoleSessions } from "@/lib/console/sessions";
import type { ConsoleViewers } from "@/lib/model/console-viewer";

/** Who is at the consoles of a project's VM in this process now. */
export function viewersOf(vmId: string, projectId: string): ConsoleViewers {
  const sessions = consoleSessions();
  const viewers = sessions
    .list({ vmId, projectId })
    .map(({ id, userName, kind, via, viewOnly }) => ({ id, name: userName, kind, via, viewOnly }));
  return { viewers, control: sessions.controlOf(vmId), recorded: sessions.isRecorded(vmId) };
}
