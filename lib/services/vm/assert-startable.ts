import type { Prisma } from "@/lib/db/generated/client";
import { assertNotBackingUp } from "../vm-backup/assert-not-backing-up";
import { assertNotRewriting } from "../volume/assert-not-rewriting";
import { assertNotCloned } from "./clone/assert-not-cloned";
import { refuseTemplate } from "./find-vm";

/** Throws `vm.bad_state` for a template, and while a task is at work on the files of a VM that is off. */
export async function assertStartable(
  db: Pick<Prisma.TransactionClient, "task" | "vm">,
  vm: { id: string; projectId: string },
): Promise<void> {
  // As it is by now: somebody may have made it one since it was looked at.
  const now = await db.vm.findUnique({
    where: { id: vm.id },
    select: { id: true, isTemplate: true },
  });
  if (now !== null) refuseTemplate(now);
  await assertNotRewriting(db, vm.id);
  await assertNotCloned(db, vm);
  await assertNotBackingUp(db, vm.id);
}
