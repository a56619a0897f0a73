import { Network } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { NetworkCard } from "@/components/network/network-card";
import { FollowServer } from "@/components/shell/follow-server";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { revisionOf } from "@/lib/services/live/revision-of";
import { listNetworks } from "@/lib/services/network/list-networks";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("network"))("title") };
}

export default async function NetworksPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, networks] = await Promise.all([
    getTranslations("network"),
    listNetworks(ctx, { projectId: project.id }),
  ]);
  return (
    <div className="flex max-w-5xl flex-col gap-5 p-4 md:p-6">
      <FollowServer of="networks" rendered={revisionOf(networks)} />
      <PageHeader title={t("title")} description={t("description")} />
      {networks.length === 0 ? (
        <EmptyState icon={<Network aria-hidden="true" />} title={t("empty")}>
          {t("emptyHint")}
        </EmptyState>
      ) : (
        networks.map((network) => <NetworkCard key={network.name} network={network} />)
      )}
    </div>
  );
}
