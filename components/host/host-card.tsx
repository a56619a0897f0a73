import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { formatKib } from "@/components/ui/format";
import { LinkButton } from "@/components/ui/link-button";
import { Progress } from "@/components/ui/progress";
import { type DotShape, type DotTone, StateDot } from "@/components/ui/state-dot";
import { Fact, Facts } from "@/components/vm/facts";
import type { BackupPool } from "@/lib/model/backup-pool";
import type { HostConnection, HostView } from "@/lib/model/host";
import { BackupPoolField, type BackupPoolFieldProps } from "./backup-pool-field";
import { PoolTable } from "./pool-table";

const looks: Record<HostConnection, [DotShape, DotTone]> = {
  connected: ["disc", "ok"],
  connecting: ["half", "warn"],
  unreachable: ["triangle", "bad"],
};

interface HostCardProps {
  host: HostView;
  backups: BackupPool | undefined;
  /** Why the person may not say where backups go; null when he may. */
  forbidden: string | null;
  setBackupPool: BackupPoolFieldProps["set"];
}

/** One host: its versions, its room, how guests run on it, its pools. */
export function HostCard({ host, backups, forbidden, setBackupPool }: HostCardProps) {
  const t = useTranslations("host");
  const tuning = useTranslations("tuning");
  const [shape, tone] = looks[host.connection];
  return (
    <Card
      title={host.name}
      aside={
        <StateDot shape={shape} tone={tone}>
          {t(`connection.${host.connection}`)}
        </StateDot>
      }
    >
      {host.connectionError && (
        <p className="mb-4 break-words rounded-md bg-bad-soft px-3 py-2 font-mono text-bad-text text-xs">
          {host.connectionError}
        </p>
      )}
      <div className="grid gap-x-10 gap-y-5 lg:grid-cols-2">
        <HostFacts host={host} />
        <HostRoomFacts host={host} />
      </div>
      <h3 className="mt-6 mb-2 font-medium text-13">{t("pools")}</h3>
      <PoolTable pools={host.pools} />
      {backups && host.connection === "connected" && (
        <div className="mt-4">
          <BackupPoolField of={backups} forbidden={forbidden} set={setBackupPool} />
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <LinkButton size="sm" href={`/admin/hosts/${host.id}`}>
          {tuning("open")}
        </LinkButton>
        <LinkButton size="sm" href="/admin/health">
          {t("health")}
        </LinkButton>
      </div>
    </Card>
  );
}

function HostFacts({ host }: { host: HostView }) {
  const t = useTranslations("host");
  const common = useTranslations("common");
  const format = useFormatter();
  const unknown = <span className="text-muted">{common("unknown")}</span>;
  return (
    <Facts>
      <Fact term={t("uri")}>
        <span className="break-all font-mono text-xs">{host.uri}</span>
      </Fact>
      <Fact term={t("mode")}>{t(`modes.${host.mode}`)}</Fact>
      <Fact term={t("libvirt")}>{host.libvirtVersion ?? unknown}</Fact>
      <Fact term={t("qemu")}>{host.qemuVersion ?? unknown}</Fact>
      <Fact term={t("virt")}>
        <StateDot
          shape={host.virt.virtType === "kvm" ? "disc" : "triangle"}
          tone={host.virt.virtType === "kvm" ? "ok" : "warn"}
        >
          {host.virt.virtType === "kvm" ? t("virtKvm") : t("virtQemu")}
        </StateDot>
        <span className="block text-muted text-xs">{t(`virtReason.${host.virt.reason}`)}</span>
        {host.virt.detail && (
          <span className="block break-words font-mono text-muted text-xs">{host.virt.detail}</span>
        )}
      </Fact>
      <Fact term={t("synced")}>
        {host.syncedAt
          ? format.dateTime(new Date(host.syncedAt), { dateStyle: "medium", timeStyle: "medium" })
          : t("never")}
      </Fact>
    </Facts>
  );
}

function HostRoomFacts({ host }: { host: HostView }) {
  const t = useTranslations("host");
  const common = useTranslations("common");
  const locale = useLocale();
  const usedKib = host.memoryKib - host.memoryFreeKib;
  return (
    <Facts>
      <Fact term={t("cpu")}>
        {t("cpuOf", { count: host.cpuCount, model: host.cpuModel ?? common("unknown") })}
      </Fact>
      <Fact term={t("memory")}>
        {t("memoryOf", {
          used: formatKib(usedKib, locale),
          total: formatKib(host.memoryKib, locale),
        })}
        <Progress
          percent={host.memoryKib > 0 ? (100 * usedKib) / host.memoryKib : 0}
          label={t("memory")}
          className="mt-1.5 max-w-56"
        />
      </Fact>
      <Fact term={t("vms")}>
        {t("vmsOf", { managed: host.vmCount, unmanaged: host.unmanagedCount })}
      </Fact>
      <Fact term={t("networks")}>
        {host.networks.map((network) => network.name).join(", ") || common("none")}
      </Fact>
    </Facts>
  );
}
