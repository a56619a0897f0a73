import type { Db } from "@/lib/db/client";
import type { VmLinks } from "@/lib/model/template";
import { linkedClones } from "./linked-clones";

/** The templates that a VM's disks lie on, and what lies on its own. */
export async function linksOf(db: Db, vmId: string): Promise<VmLinks> {
  const templates = await db.vm.findMany({
    where: { disks: { some: { links: { some: { vmId } } } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
  return { templates, clones: await linkedClones(db, vmId) };
}
