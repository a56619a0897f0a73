import { notFound } from "next/navigation";
import { cache } from "react";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { projectPage } from "@/app/(portal)/project-page";
import { getVm } from "@/lib/services/vm/get-vm";

/** The VM of an address, which must be of the project in that address. Once per request. */
export const vmPage = cache(async (slug: string, id: string) => {
  const { ctx, project } = await projectPage(slug);
  const vm = await orNotFound(getVm(ctx, { vmId: id }));
  if (vm.projectId !== project.id) notFound();
  return { ctx, project, vm };
});
