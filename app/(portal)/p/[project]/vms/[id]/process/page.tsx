import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { ProcessPanel } from "@/components/process/process-panel";
import { isAppError, type UserMessage } from "@/lib/model/errors";
import type { ProcessView } from "@/lib/model/process/process";
import type { Context } from "@/lib/services/context";
import { getProcess } from "@/lib/services/vm/get-process";
import { vmPage } from "../vm-page";

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
  return <ProcessPanel view={view} failure={failure} />;
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
