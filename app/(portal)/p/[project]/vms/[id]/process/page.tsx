import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { reasonsOn } from "@/app/why-not";
import { PinningCard } from "@/components/process/pinning-card";
import { ProcessPanel } from "@/components/process/process-panel";
import { VmTuningCard } from "@/components/tuning/vm-tuning-card";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { isAppError, type UserMessage } from "@/lib/model/errors";
import type { ProcessView } from "@/lib/model/process/process";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "@/lib/services/context";
import { getVmTuning } from "@/lib/services/tuning/get-vm-tuning";
import { getPinning } from "@/lib/services/vm/get-pinning";
import { getProcess } from "@/lib/services/vm/get-process";
import { vmPage } from "../vm-page";
import { pinVmAction, tuneVmAction } from "./actions";

interface ProcessPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("process") };
}

export default async function ProcessPage({ params }: ProcessPageProps) {
  const { project: slug, id } = await params;
  const { ctx, vm } = await vmPage(slug, id);
  const { view, failure } = await orNotFound(readNow(ctx, vm.id));
  const why = await reasonsOn(ctx, vm);
  return (
    <ProcessPanel view={view} failure={failure}>
      <Suspense fallback={<Skeleton className="h-80" />}>
        <Pinning ctx={ctx} vm={vm} forbidden={why("vm.pin")} />
      </Suspense>
      <Suspense fallback={<Skeleton className="h-60" />}>
        <Tuning ctx={ctx} vm={vm} forbidden={why("vm.tune")} />
      </Suspense>
    </ProcessPanel>
  );
}

interface PinningProps {
  ctx: Context;
  vm: VmDetail;
  forbidden: string | null;
}

/** A host may look into QEMU before it tells of itself: the page does not wait for it. */
async function Pinning({ ctx, vm, forbidden }: PinningProps) {
  try {
    const view = await getPinning(ctx, { vmId: vm.id });
    return <PinningCard detail={vm} view={view} forbidden={forbidden} pin={pinVmAction} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const t = await getTranslations("process.pin");
    return <Callout role="status">{t("failed")}</Callout>;
  }
}

async function Tuning({ ctx, vm, forbidden }: PinningProps) {
  try {
    const view = await getVmTuning(ctx, { vmId: vm.id });
    return <VmTuningCard detail={vm} view={view} forbidden={forbidden} tune={tuneVmAction} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const t = await getTranslations("tuning.vm");
    return <Callout role="status">{t("failed")}</Callout>;
  }
}

/** A guest that is off, or one elsewhere, has a page that says so. */
async function readNow(
  ctx: Context,
  vmId: string,
): Promise<{ view: ProcessView | null; failure: UserMessage | null }> {
  try {
    return { view: await getProcess(ctx, { vmId }), failure: null };
  } catch (error) {
    const refused = isAppError(error, "auth.forbidden") || isAppError(error, "not_found");
    if (refused || !isAppError(error)) throw error;
    return { view: null, failure: error.userMessage };
  }
}
