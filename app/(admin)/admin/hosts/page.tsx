import { Server } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reasons } from "@/app/why-not";
import { HostCard } from "@/components/host/host-card";
import { Overcommit } from "@/components/quota/overcommit";
import { FollowServer } from "@/components/shell/follow-server";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { getBackupPool } from "@/lib/services/backup-pool/get-backup-pool";
import { listHosts } from "@/lib/services/host/list-hosts";
import { hostsRevision } from "@/lib/services/live/revisions";
import { hostOvercommit } from "@/lib/services/quota/host-overcommit";
import { adminPage } from "../admin-page";
import { setBackupPoolAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("host"))("title") };
}

export default async function HostsPage() {
  const ctx = await adminPage();
  const [t, why, hosts, report] = await Promise.all([
    getTranslations("host"),
    reasons(ctx),
    listHosts(ctx),
    hostOvercommit(ctx),
  ]);
  const forbidden = why("host.set_backup_pool");
  const pools = await Promise.all(hosts.map(({ id: hostId }) => getBackupPool(ctx, { hostId })));
  return (
    <div className="flex max-w-6xl flex-col gap-5 p-4 md:p-6">
      <FollowServer of="hosts" rendered={hostsRevision(hosts)} />
      <PageHeader title={t("title")} description={t("description")} />
      {hosts.length === 0 && (
        <EmptyState icon={<Server aria-hidden="true" />} title={t("none")}>
          {t("noneHint")}
        </EmptyState>
      )}
      {hosts.map((host) => (
        <HostCard
          key={host.id}
          host={host}
          backups={pools.find((each) => each.hostId === host.id)}
          forbidden={forbidden}
          setBackupPool={setBackupPoolAction}
        />
      ))}
      {hosts.length > 0 && <Overcommit report={report} />}
    </div>
  );
}
