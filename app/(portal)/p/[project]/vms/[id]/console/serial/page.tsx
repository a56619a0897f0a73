import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reasonsOn } from "@/app/why-not";
import { ForbiddenConsole } from "@/components/console/forbidden-console";
import { LiveSerial } from "@/components/serial/live-serial";
import { powerVmAction } from "../../../actions";
import { vmPage } from "../../vm-page";

interface SerialPageProps {
  params: Promise<{ project: string; id: string }>;
  searchParams: Promise<{ alone?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("console"))("views.serial") };
}

export default async function SerialPage({ params, searchParams }: SerialPageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const why = await reasonsOn(ctx, vm);
  const forbidden = why("vm.console");
  if (forbidden !== null) return <ForbiddenConsole reason={forbidden} />;
  return (
    <LiveSerial
      detail={vm}
      href={`/p/${project.slug}/vms/${vm.id}/console/serial`}
      powerForbidden={why("vm.power")}
      power={powerVmAction}
      alone={(await searchParams).alone === "1"}
    />
  );
}
