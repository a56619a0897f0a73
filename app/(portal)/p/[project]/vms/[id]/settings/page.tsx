import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reasonsOn } from "@/app/why-not";
import { ReleaseCard } from "@/components/adoption/release-card";
import { StartOrderCard } from "@/components/start-order/start-order-card";
import { AutostartCard } from "@/components/vm/autostart-card";
import { LockCard } from "@/components/vm/lock-card";
import { RecoveryCard } from "@/components/vm/recovery-card";
import { RescueCard } from "@/components/vm/rescue/rescue-card";
import { TemplateCard } from "@/components/vm/template-card";
import { TransferCard } from "@/components/vm/transfer/transfer-card";
import { WordsCard } from "@/components/vm/words-card";
import { can } from "@/lib/policies/can";
import { listImages } from "@/lib/services/image/list-images";
import { getStartOrder } from "@/lib/services/start-order/get-start-order";
import { startRescueAction } from "../rescue-actions";
import { setTemplateAction } from "../template-actions";
import { planTransferAction, transferVmAction } from "../transfer-actions";
import { vmPage } from "../vm-page";
import {
  releaseVmAction,
  setAutostartAction,
  setRecoveryAction,
  setStartOrderAction,
  updateVmAction,
} from "./actions";

interface SettingsPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("settings") };
}

export default async function SettingsPage({ params }: SettingsPageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const [why, order, images] = await Promise.all([
    reasonsOn(ctx, vm),
    getStartOrder(ctx, { vmId: vm.id }),
    listImages(ctx, { projectId: project.id }),
  ]);
  return (
    <div className="grid max-w-3xl gap-4 p-4 md:p-6">
      <WordsCard detail={vm} forbidden={why("vm.edit")} update={updateVmAction} />
      <AutostartCard
        detail={vm}
        forbidden={why("vm.autostart")}
        setAutostart={setAutostartAction}
      />
      <StartOrderCard
        detail={vm}
        view={order}
        forbidden={why("vm.autostart")}
        set={setStartOrderAction}
      />
      <RecoveryCard detail={vm} forbidden={why("vm.recovery")} set={setRecoveryAction} />
      <TemplateCard detail={vm} forbidden={why("vm.template")} set={setTemplateAction} />
      <RescueCard
        detail={vm}
        images={images}
        forbidden={why("vm.rescue")}
        start={startRescueAction}
      />
      <LockCard detail={vm} forbidden={why("vm.lock")} lock={updateVmAction} />
      <TransferCard
        detail={vm}
        tools={{
          forbidden: why("vm.transfer"),
          plan: planTransferAction,
          transfer: transferVmAction,
        }}
      />
      {can(ctx.actor, "vm.adopt") && (
        <ReleaseCard
          vm={vm}
          slug={project.slug}
          forbidden={why("vm.adopt")}
          release={releaseVmAction}
        />
      )}
    </div>
  );
}
