import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reasonsOn } from "@/app/why-not";
import { DefinitionMissing } from "@/components/vm/definition/definition-missing";
import { DefinitionPanel } from "@/components/vm/definition/definition-panel";
import type { DefinitionView } from "@/lib/model/definition";
import { isAppError, type UserMessage } from "@/lib/model/errors";
import type { Context } from "@/lib/services/context";
import { getDefinition } from "@/lib/services/vm/definition/get-definition";
import { vmPage } from "../vm-page";
import { defineVmAction, planDefinitionAction, revertPendingAction } from "./actions";

interface DefinitionPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("definition") };
}

export default async function DefinitionPage({ params }: DefinitionPageProps) {
  const { project: slug, id } = await params;
  const { ctx, vm } = await vmPage(slug, id);
  const [why, read] = await Promise.all([reasonsOn(ctx, vm), readNow(ctx, vm.id)]);
  if ("failure" in read) return <DefinitionMissing message={read.failure} />;
  return (
    <DefinitionPanel
      vm={{ id: vm.id, name: vm.name, domainName: vm.domainName }}
      view={read.view}
      forbidden={{
        restore: why("vm.restore"),
        edit: why("vm.edit_definition"),
        revert: why("vm.revert"),
      }}
      actions={{
        plan: planDefinitionAction,
        define: defineVmAction,
        revert: revertPendingAction,
      }}
    />
  );
}

/** Only the host knows it: one that is away, or a VM that is being made, is no broken page. */
async function readNow(
  ctx: Context,
  vmId: string,
): Promise<{ view: DefinitionView } | { failure: UserMessage }> {
  try {
    return { view: await getDefinition(ctx, { vmId }) };
  } catch (error) {
    if (isAppError(error)) return { failure: error.userMessage };
    throw error;
  }
}
