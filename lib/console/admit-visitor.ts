import { notFound } from "@/lib/model/errors";
import { type Admission, type AdmitDoors, hostOf, seenOfVm, ticketRefused } from "./admit";
import { redeemTicket } from "./ticket";
import { openVisitsOf, visitorKey } from "./visit";

/**
 * Uses the ticket of somebody up who came by a link, whose secrets his browser has kept. He only
 * ever watches. Throws as `admit` does.
 */
export async function admitVisitor(
  doors: AdmitDoors,
  secrets: readonly string[],
  ticket: string,
  now = new Date(),
): Promise<Admission> {
  for (const visit of await openVisitsOf(doors.db, secrets, now)) {
    const key = visitorKey(visit.id);
    const grant = await redeemTicket(doors.db, { userId: key, sessionId: key }, ticket, now);
    if (grant === null) continue;
    const { vmId, id: shareId, projectId } = visit.share;
    const vm = await doors.db.vm.findFirst({ where: { id: vmId, projectId }, select: seenOfVm });
    if (vm === null || grant.vmId !== vmId) throw notFound(`vm ${vmId}`);
    return {
      grant: { ...grant, viewOnly: true, kind: "screen", takeOver: false },
      vm,
      host: hostOf(doors, vm.hostId),
      viewer: { via: "link", shareId, userId: key, userName: visit.name, sessionId: key },
    };
  }
  throw ticketRefused();
}
