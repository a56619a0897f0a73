import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { DoctorReportView } from "@/components/host/doctor-report";
import { PageHeader } from "@/components/ui/page-header";
import { RefreshButton } from "@/components/ui/refresh-button";
import { Skeleton } from "@/components/ui/skeleton";
import type { Context } from "@/lib/services/context";
import { runDoctor } from "@/lib/services/host/run-doctor";
import { adminPage } from "../admin-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("host"))("healthTitle") };
}

export default async function HealthPage() {
  const ctx = await adminPage();
  const t = await getTranslations("host");
  return (
    <div className="flex max-w-4xl flex-col gap-5 p-4 md:p-6">
      <PageHeader
        title={t("healthTitle")}
        description={t("healthDescription")}
        actions={<RefreshButton>{t("again")}</RefreshButton>}
      />
      <Suspense fallback={<Waiting />}>
        <Report ctx={ctx} />
      </Suspense>
    </div>
  );
}

/** Really trying KVM takes a moment: the page does not wait for it. */
async function Report({ ctx }: { ctx: Context }) {
  return <DoctorReportView report={await runDoctor(ctx)} />;
}

function Waiting() {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="h-14" />
      <Skeleton className="h-96" />
    </div>
  );
}
