import { SquareTerminal } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reasons } from "@/app/why-not";
import { LiveConsole } from "@/components/console/live-console";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/policies/can";
import { cancelTaskAction } from "../../../activity/actions";
import { ejectMediaAction, powerVmAction } from "../../actions";
import { vmPage } from "../vm-page";

interface ConsolePageProps {
  params: Promise<{ project: string; id: string }>;
  searchParams: Promise<{ alone?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm"))("tabs.console") };
}

export default async function ConsolePage({ params, searchParams }: ConsolePageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const [t, why] = await Promise.all([getTranslations("console"), reasons(ctx, project.id)]);
  const forbidden = why("vm.console");
  if (forbidden !== null) {
    return (
      <div className="p-4 md:p-6">
        <EmptyState icon={<SquareTerminal aria-hidden="true" />} title={t("ended.title.forbidden")}>
          {forbidden}
        </EmptyState>
      </div>
    );
  }
  return (
    <LiveConsole
      detail={vm}
      project={{ id: project.id, slug: project.slug }}
      powerForbidden={why("vm.power")}
      mayEject={can(ctx.actor, "vm.media", project.id)}
      mayCancel={can(ctx.actor, "task.cancel", project.id)}
      power={powerVmAction}
      eject={ejectMediaAction}
      cancelTask={cancelTaskAction}
      alone={(await searchParams).alone === "1"}
    />
  );
}
