import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { hostRoom } from "@/app/(portal)/host-room";
import { HardwarePanel } from "@/components/vm/hardware-panel";
import { can } from "@/lib/policies/can";
import { listImages } from "@/lib/services/image/list-images";
import { getQuota } from "@/lib/services/quota/get-quota";
import { ejectMediaAction, insertMediaAction, resizeVmAction } from "../../actions";
import { vmPage } from "../vm-page";

interface HardwarePageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("hardware") };
}

export default async function HardwarePage({ params }: HardwarePageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const [common, images, quota] = await Promise.all([
    getTranslations("common"),
    listImages(ctx, { projectId: project.id }),
    getQuota(ctx, { projectId: project.id }),
  ]);
  const unless = (allowed: boolean) => (allowed ? null : common("notAllowed"));
  return (
    <HardwarePanel
      detail={vm}
      images={images}
      room={hostRoom(ctx, vm.hostId)}
      quota={quota}
      forbidden={{
        resize: unless(can(ctx.actor, "vm.resize", project.id)),
        media: unless(can(ctx.actor, "vm.media", project.id)),
      }}
      actions={{ resize: resizeVmAction, eject: ejectMediaAction, insert: insertMediaAction }}
    />
  );
}
