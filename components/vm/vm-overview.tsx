"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { LeaseCard } from "@/components/lease/lease-card";
import type { LeaseTerms, SetLeaseAction } from "@/components/lease/types";
import { TaskCards } from "@/components/task/task-cards";
import type { CancelTaskAction } from "@/components/task/types";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { formatBytes } from "@/components/ui/format";
import { StateDot } from "@/components/ui/state-dot";
import type { VmDetail, VmDiskView } from "@/lib/model/vm";
import { AboutCard } from "./about-card";
import { CloneCard } from "./clone/clone-card";
import type { CloneTools } from "./clone/types";
import { DeleteVm } from "./delete-vm";
import { ExportCard } from "./export-card";
import { Fact, Facts } from "./facts";
import { LinksCard } from "./links-card";
import { ScreenCard } from "./screen-card";
import { SizesCard } from "./sizes-card";
import type { DeleteAction, ProjectRef } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface VmOverviewProps {
  detail: VmDetail;
  project: ProjectRef;
  mayCancel: boolean;
  /** Whether the person may see its screen. */
  seesScreen: boolean;
  /** Why deleting is not allowed; null when it is. */
  deleteForbidden: string | null;
  remove: DeleteAction;
  clone: CloneTools;
  /** Why exporting is not allowed; null when it is. */
  exportForbidden: string | null;
  cancelTask: CancelTaskAction;
  lease: LeaseTerms;
  /** Sets any end; null for who may not. */
  setLease: SetLeaseAction | null;
}

/** What matters about a VM on one screen. */
export function VmOverview(props: VmOverviewProps) {
  const { detail, project, mayCancel, deleteForbidden, remove, cancelTask, lease, setLease } =
    props;
  const t = useTranslations("vm.detail");
  const vm = useVmDetail(detail);
  const template = useTranslations("vm.template");
  // Refused by the server as well: a file alone is not what is on the disk.
  const notWhole = vm.links.templates.length > 0 ? template("notWhole") : null;
  const installing = vm.disks.some((disk) => disk.device === "cdrom" && disk.filled);
  return (
    <div className="grid items-start gap-5 p-4 md:p-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex flex-col gap-5">
        <TaskCards
          initial={detail.tasks}
          targetId={vm.id}
          mayCancel={mayCancel}
          cancel={cancelTask}
        />
        <SizesCard vm={vm} />
        <Card title={t("disks")}>
          <ul className="flex flex-col divide-y divide-line">
            {vm.disks.map((disk) => (
              <DiskLine key={disk.target} disk={disk} />
            ))}
          </ul>
          {installing && vm.state === "running" && vm.rescue === null && (
            <Callout className="mt-3">{t("installHint")}</Callout>
          )}
        </Card>
      </div>
      <div className="flex flex-col gap-5">
        <LinksCard vm={vm} href={`/p/${project.slug}/vms`} />
        <AboutCard vm={vm} project={project} />
        {props.seesScreen && <ScreenCard vm={vm} href={`/p/${project.slug}/vms/${vm.id}`} />}
        <Card title={t("addresses")}>
          {vm.addresses.length === 0 ? (
            <p className="text-13 text-muted">{t("noAddresses")}</p>
          ) : (
            <ul className="flex flex-col gap-1">
              {vm.addresses.map((address) => (
                <li key={address} className="flex items-center gap-1">
                  <span className="break-all font-mono text-13">{address}</span>
                  <CopyButton text={address} />
                </li>
              ))}
            </ul>
          )}
        </Card>
        <LeaseCard vm={vm} terms={lease} set={setLease} />
        <SystemCard vm={vm} />
        <CloneCard
          vm={vm}
          tools={{ ...props.clone, forbidden: props.clone.forbidden ?? notWhole }}
        />
        <ExportCard vm={vm} forbidden={props.exportForbidden ?? notWhole} />
        <Card title={t("dangerTitle")}>
          <p className="mb-3 text-13 text-muted">{t("dangerHint")}</p>
          <DeleteVm vm={vm} project={project} forbidden={deleteForbidden} remove={remove} />
        </Card>
      </div>
    </div>
  );
}

function DiskLine({ disk }: { disk: VmDiskView }) {
  const t = useTranslations("vm.detail");
  const locale = useLocale();
  const hardware = useTranslations("vm.hardware");
  const drive = disk.device === "cdrom";
  const size = disk.capacityBytes === null ? null : formatBytes(disk.capacityBytes, locale);
  const used = disk.allocationBytes === null ? null : formatBytes(disk.allocationBytes, locale);
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2 first:pt-0 last:pb-0">
      <span>
        {drive ? t("drive") : t("disk")}{" "}
        <span className="font-mono text-muted text-xs">{disk.target}</span>
      </span>
      <span className="text-13 text-muted">
        {drive
          ? disk.filled
            ? (disk.imageName ?? disk.volume ?? hardware("foreign"))
            : t("emptyDrive")
          : [disk.format, used && size ? t("diskSize", { used, size }) : size]
              .filter(Boolean)
              .join(" · ")}
      </span>
    </li>
  );
}

function SystemCard({ vm }: { vm: VmDetail }) {
  const t = useTranslations("vm.detail");
  const format = useFormatter();
  return (
    <Card title={t("system")}>
      <Facts>
        <Fact term={t("firmware")}>{t(`firmwareName.${vm.firmware}`)}</Fact>
        <Fact term={t("acceleration")}>{t(`accelerationName.${vm.virtType}`)}</Fact>
        {vm.machine && <Fact term={t("machine")}>{vm.machine}</Fact>}
        <Fact term={t("agent")}>
          <StateDot
            shape={vm.agentConnected ? "disc" : "ring"}
            tone={vm.agentConnected ? "ok" : "muted"}
          >
            {vm.agentConnected ? t("agentOn") : t("agentOff")}
          </StateDot>
          {!vm.agentConnected && vm.state === "running" && (
            <span className="mt-0.5 block text-muted text-xs">{t("agentHint")}</span>
          )}
        </Fact>
        <Fact term={t("libvirtName")}>
          <span className="inline-flex items-center gap-1">
            <span className="font-mono text-xs">{vm.domainName}</span>
            <CopyButton text={vm.domainName} />
          </span>
        </Fact>
        <Fact term={t("uuid")}>
          <span className="break-all font-mono text-xs">{vm.uuid}</span>
        </Fact>
        <Fact term={t("created")}>
          {format.dateTime(new Date(vm.createdAt), { dateStyle: "medium", timeStyle: "short" })}
        </Fact>
      </Facts>
    </Card>
  );
}
