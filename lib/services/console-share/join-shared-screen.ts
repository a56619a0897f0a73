import type { z } from "zod";
import { countShareVisit } from "@/lib/auth/rate-limit";
import {
  hashOfVisitSecret,
  makersWhoMay,
  newVisitSecret,
  openShare,
  shareSelect,
} from "@/lib/console/visit";
import { newId } from "@/lib/db/id";
import type { joinShareSchema, SharedScreen } from "@/lib/model/console-share";
import { notFound } from "@/lib/model/errors";
import { writeAudit } from "../audit";
import { asAuthor, type Visitor } from "../user/visitor";

/** What a visitor may see, and the secret that his browser keeps until the link ends. */
export interface Joined {
  screen: SharedScreen;
  secret: string;
  expiresAt: Date;
}

/**
 * Somebody comes by a link and gives a name: one of the visits that the link is good for is used
 * up, and stays his until it ends. Throws `not_found` for any link that does not hold, nobody
 * learns why, and `rate.limited` after many wrong ones from one address.
 */
export async function joinSharedScreen(
  visitor: Visitor,
  input: z.output<typeof joinShareSchema>,
): Promise<Joined> {
  const forgive = await countShareVisit(visitor.ip);
  const now = visitor.clock();
  const secret = newVisitSecret();
  const joined = await visitor.db.$transaction(async (tx) => {
    const share = await tx.consoleShare.findFirst({
      where: { tokenHash: hashOfVisitSecret(input.token), ...openShare(now) },
      select: { ...shareSelect, maxVisits: true, vm: { select: { projectId: true, name: true } } },
    });
    if (share === null || !(await makersWhoMay(tx, [share]))(share)) throw notHolding();
    const { count } = await tx.consoleShare.updateMany({
      where: {
        id: share.id,
        ...openShare(now),
        ...(share.maxVisits !== null && { visitCount: { lt: share.maxVisits } }),
      },
      data: { visitCount: { increment: 1 }, lastVisitAt: now },
    });
    if (count === 0) throw notHolding();
    const visit = { id: newId(), shareId: share.id, name: input.name, ip: visitor.ip };
    await tx.consoleVisit.create({
      data: { ...visit, secretHash: hashOfVisitSecret(secret), createdAt: now },
    });
    const author = asAuthor(visitor, tx, null);
    await writeAudit(
      { ...author, actor: { ...author.actor, name: input.name } },
      {
        action: "vm.join_shared_console",
        outcome: "ok",
        projectId: share.projectId,
        targetType: "vm",
        targetId: share.vmId,
        targetName: share.vm.name,
        detail: { shareId: share.id, name: share.name },
      },
    );
    return share;
  });
  await forgive();
  return {
    screen: {
      shareId: joined.id,
      vmName: joined.vm.name,
      sharedByName: joined.createdByName,
      visitorName: input.name,
      expiresAt: joined.expiresAt.toISOString(),
    },
    secret,
    expiresAt: joined.expiresAt,
  };
}

function notHolding() {
  return notFound("console share");
}
