import type { Metadata } from "next";
import type { ReactNode } from "react";
import { reasonsOn } from "@/app/why-not";
import { PreviewProvider } from "@/components/vm/preview/preview-provider";
import { VmHeader } from "@/components/vm/vm-header";
import { leaseTerms } from "@/lib/services/lease/lease-terms";
import {
  bootOnceAction,
  cloneVmAction,
  discardSavedAction,
  planCloneAction,
  powerVmAction,
  saveVmAction,
} from "../actions";
import { extendLeaseAction } from "./lease-actions";
import { previewChangeAction } from "./preview-action";
import { endRescueAction } from "./rescue-actions";
import { vmPage } from "./vm-page";

interface VmLayoutProps {
  params: Promise<{ project: string; id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: VmLayoutProps): Promise<Metadata> {
  const { project, id } = await params;
  const { vm } = await vmPage(project, id);
  return { title: { default: vm.name, template: `%s · ${vm.name} · Portico` } };
}

export default async function VmLayout({ params, children }: VmLayoutProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const [why, terms] = await Promise.all([
    reasonsOn(ctx, vm),
    leaseTerms(ctx, { projectId: project.id }),
  ]);
  const { disks: _disks, nics: _nics, tasks: _tasks, links: _links, uuid: _uuid, ...initial } = vm;
  return (
    <PreviewProvider vmId={vm.id} preview={previewChangeAction}>
      <VmHeader
        initial={initial}
        project={{ id: project.id, slug: project.slug }}
        forbidden={{
          power: why("vm.power"),
          console: why("vm.console"),
        }}
        seesProcess={why("vm.process") === null}
        power={powerVmAction}
        savedState={{ save: saveVmAction, discard: discardSavedAction }}
        bootOnce={{
          forbidden: why("vm.media"),
          domainName: vm.domainName,
          drive: vm.disks.find((disk) => disk.device === "cdrom")?.target ?? null,
          start: bootOnceAction,
        }}
        clone={{
          slug: project.slug,
          forbidden: why("vm.clone"),
          plan: planCloneAction,
          clone: cloneVmAction,
        }}
        rescue={{ forbidden: why("vm.rescue"), end: endRescueAction }}
        lease={{ ...terms, forbidden: why("vm.extend_lease"), extend: extendLeaseAction }}
      />
      {children}
    </PreviewProvider>
  );
}
