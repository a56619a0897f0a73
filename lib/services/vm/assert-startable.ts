import type { Prisma } from "@/lib/db/generated/client";
import { assertNotBackingUp } from "../vm-backup/assert-not-backing-up";
import { assertNotRewriting } from "../volume/assert-not-rewriting";
import { assertNotCloned } from "./clone/assert-not-cloned";

/** Throws `vm.bad_state` while a task is at work on the files of a VM that is off. */
export async function assertStartable(
  db: Pick<Prisma.TransactionClient, "task">,
  vm: { id: string; projectId: string },
): Promise<void> {
  await assertNotRewriting(db, vm.id);
  await assertNotCloned(db, vm);
  await assertNotBackingUp(db, vm.id);
}
