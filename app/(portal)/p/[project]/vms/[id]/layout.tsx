import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { VmHeader } from "@/components/vm/vm-header";
import { can } from "@/lib/policies/can";
import { powerVmAction } from "../actions";
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
  const common = await getTranslations("common");
  const { disks: _disks, nics: _nics, tasks: _tasks, uuid: _uuid, ...initial } = vm;
  const unless = (allowed: boolean) => (allowed ? null : common("notAllowed"));
  return (
    <>
      <VmHeader
        initial={initial}
        project={{ id: project.id, slug: project.slug }}
        forbidden={{
          power: unless(can(ctx.actor, "vm.power", project.id)),
          console: unless(can(ctx.actor, "vm.console", project.id)),
        }}
        power={powerVmAction}
      />
      {children}
    </>
  );
}
