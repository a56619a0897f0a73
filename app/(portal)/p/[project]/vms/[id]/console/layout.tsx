import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Tabs } from "@/components/ui/tabs";
import { can } from "@/lib/policies/can";
import { vmPage } from "../vm-page";

interface ConsoleLayoutProps {
  params: Promise<{ project: string; id: string }>;
  children: ReactNode;
}

/** The ways to a guest's console, beside each other. */
export default async function ConsoleLayout({ params, children }: ConsoleLayoutProps) {
  const { project, id } = await params;
  const { ctx, vm } = await vmPage(project, id);
  const t = await getTranslations("console.views");
  const base = `/p/${project}/vms/${id}/console`;
  return (
    <>
      <div className="border-line border-b bg-surface px-2">
        <Tabs
          label={t("label")}
          items={[
            { href: base, label: t("screen"), exact: true },
            { href: `${base}/serial`, label: t("serial") },
            ...(can(ctx.actor, "recording.read", vm.projectId)
              ? [{ href: `${base}/recordings`, label: t("recordings") }]
              : []),
          ]}
        />
      </div>
      {children}
    </>
  );
}
