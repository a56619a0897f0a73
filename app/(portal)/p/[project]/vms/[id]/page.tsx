import { reasonsOn } from "@/app/why-not";
import { VmOverview } from "@/components/vm/vm-overview";
import { can } from "@/lib/policies/can";
import { isOutside } from "@/lib/policies/is-outside";
import { leaseTerms } from "@/lib/services/lease/lease-terms";
import { cancelTaskAction } from "../../activity/actions";
import { cloneVmAction, deleteVmAction, planCloneAction } from "../actions";
import { extendLeaseAction, setLeaseAction } from "./lease-actions";
import { vmPage } from "./vm-page";

interface VmPageProps {
  params: Promise<{ project: string; id: string }>;
}

export default async function VmOverviewPage({ params }: VmPageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const [why, terms] = await Promise.all([
    reasonsOn(ctx, vm),
    leaseTerms(ctx, { projectId: project.id }),
  ]);
  return (
    <VmOverview
      detail={vm}
      project={{ id: project.id, slug: project.slug }}
      mayCancel={can(ctx.actor, "task.cancel", project.id)}
      seesScreen={can(ctx.actor, "vm.screen", project.id) && !isOutside(ctx.actor, project.id)}
      deleteForbidden={why("vm.delete")}
      remove={deleteVmAction}
      clone={{
        slug: project.slug,
        forbidden: why("vm.clone"),
        plan: planCloneAction,
        clone: cloneVmAction,
      }}
      exportForbidden={why("vm.export")}
      cancelTask={cancelTaskAction}
      lease={{ ...terms, forbidden: why("vm.extend_lease"), extend: extendLeaseAction }}
      setLease={can(ctx.actor, "vm.set_lease", project.id) ? setLeaseAction : null}
    />
  );
}
