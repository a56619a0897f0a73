import { consoleSessions } from "@/lib/console/sessions";
import type { ConsoleViewers } from "@/lib/model/console-viewer";
import { notFound } from "@/lib/model/errors";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm } from "./find-vm";
import { viewersOf } from "./viewers-of";

/**
 * Lets one of a VM's open screens alone type, one's own or another's; null lets all type again.
 * Throws `not_found` for a console that is not open, or that only watches.
 */
export async function setConsoleControl(
  ctx: Context,
  { vmId, consoleId }: { vmId: string; consoleId: string | null },
): Promise<ConsoleViewers> {
  const { projectId, name } = await findVm(ctx, vmId, "vm.console");
  const sessions = consoleSessions();
  const [to] = consoleId === null ? [] : sessions.list({ id: consoleId, vmId, projectId });
  await audited(
    ctx,
    {
      action: "vm.console_control",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      detail: { to: to?.userName ?? null },
    },
    async () => {
      const known = consoleId === null || to !== undefined;
      if (!known || !sessions.setControl(vmId, consoleId)) throw notFound(`console ${consoleId}`);
    },
  );
  return viewersOf(vmId, projectId);
}
