import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { clonesProblem } from "@/lib/model/template";
import { linkedClones } from "./linked-clones";

/** Throws `conflict.rule`, with the names, while other VMs' disks lie on those of a template. */
export async function refuseLinked(
  tx: Pick<Prisma.TransactionClient, "disk">,
  templateId: string,
): Promise<void> {
  const userMessage = clonesProblem(await linkedClones(tx, templateId));
  if (userMessage === null) return;
  throw new AppError({
    code: "conflict.rule",
    message: `linked clones lie on vm ${templateId}`,
    userMessage,
  });
}
