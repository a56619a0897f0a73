"use client";

import { ChevronLeft, SquareTerminal } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { consoleDoor } from "@/components/console/console-door";
import { LeaseBanner } from "@/components/lease/lease-banner";
import type { LeaseTerms } from "@/components/lease/types";
import { useLiveVm } from "@/components/shell/live-provider";
import { useCalmRefresh } from "@/components/shell/use-calm-refresh";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { ReasonButton } from "@/components/ui/reason-button";
import { Tabs } from "@/components/ui/tabs";
import { Tooltip } from "@/components/ui/tooltip";
import type { VmView } from "@/lib/model/vm";
import { AddressCell } from "./address-cell";
import type { CloneTools } from "./clone/types";
import { PowerMenu } from "./power-menu";
import { RescueBanner } from "./rescue/rescue-banner";
import type { EndRescueTools } from "./rescue/types";
import type { BootOnceTools, PowerAction, ProjectRef, SavedStateActions } from "./types";
import { usePowerWithToast } from "./use-power";
import { useSavedState } from "./use-saved-state";
import { VmStateLabel } from "./vm-state";

interface VmHeaderProps {
  initial: VmView;
  project: ProjectRef;
  /** Why power or console is not allowed; null when it is. */
  forbidden: { power: string | null; console: string | null };
  /** Whether the reader may look at the guest as a process. */
  seesProcess: boolean;
  power: PowerAction;
  savedState: SavedStateActions;
  clone: CloneTools;
  bootOnce: BootOnceTools;
  rescue: EndRescueTools;
  lease: LeaseTerms;
}

const explained = ["paused_io_error", "crashed", "missing", "unknown", "paused", "saved"] as const;
type Explained = (typeof explained)[number];

/** On every page of a VM: what it is, how it is, and what can be done with it. */
export function VmHeader(props: VmHeaderProps) {
  const { initial, project, forbidden, seesProcess, power, lease } = props;
  const t = useTranslations("vm");
  const { run } = usePowerWithToast(power);
  const savedState = useSavedState(props.savedState);
  const live = useLiveVm(initial);
  const vm = live ?? initial;
  const base = `/p/${project.slug}/vms/${vm.id}`;
  const consoleTab =
    forbidden.console === null ? consoleDoor(`${base}/console`, vm) : { href: `${base}/console` };
  const atConsole = usePathname() === `${base}/console`;
  useRefreshOnChange(live);

  const hint = explained.find((state): state is Explained => state === vm.state);
  return (
    <div className="relative border-line border-b bg-surface px-4 pt-2 sm:pt-3 md:px-6">
      <Link
        href={`/p/${project.slug}/vms`}
        className="-ml-1 inline-flex items-center gap-0.5 rounded pr-1 text-13 text-muted hover:text-ink max-sm:h-9"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        {t("detail.back")}
      </Link>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{vm.name}</h1>
          <span role="status">
            <VmStateLabel state={vm.state} />
          </span>
          {vm.template && <Badge>{t("list.template")}</Badge>}
          {vm.addresses.length > 0 && <AddressCell addresses={vm.addresses} />}
          {vm.pendingChanges && (
            <Tooltip text={t("list.pendingHint")}>
              {() => (
                <Link href={`${base}/definition`} className="rounded">
                  <Badge tone="warn">{t("detail.pendingBadge")}</Badge>
                </Link>
              )}
            </Tooltip>
          )}
        </div>
        {live !== null && (
          // On a phone beside the way back: the pages below need the room, the console above all.
          <div className="flex items-center gap-2 max-sm:absolute max-sm:top-2 max-sm:right-4">
            <PowerMenu
              vm={vm}
              forbidden={forbidden.power}
              run={run}
              savedState={savedState}
              clone={props.clone}
              bootOnce={props.bootOnce}
            />
            {!atConsole && (
              <ConsoleButton vm={vm} href={`${base}/console`} forbidden={forbidden.console} />
            )}
          </div>
        )}
      </div>
      {live === null && (
        <Callout tone="warn" role="status" title={t("detail.gone")} className="mt-3">
          {t("detail.goneHint")}{" "}
          <Link href={`/p/${project.slug}/vms`} className="font-medium text-accent-text underline">
            {t("detail.toList")}
          </Link>
        </Callout>
      )}
      {live !== null && hint && (
        <Callout
          tone={hint === "paused" || hint === "saved" ? "info" : "warn"}
          role="status"
          className="mt-3"
        >
          {t(`stateHint.${hint}`)}
        </Callout>
      )}
      {live !== null && <RescueBanner vm={vm} tools={props.rescue} />}
      {live !== null && <LeaseBanner vm={vm} terms={lease} />}
      <div className="mt-2">
        <Tabs
          label={t("tabs.label")}
          items={[
            { href: base, label: t("tabs.overview"), exact: true },
            { label: t("tabs.console"), ...consoleTab },
            { href: `${base}/hardware`, label: t("tabs.hardware") },
            { href: `${base}/snapshots`, label: t("tabs.snapshots") },
            { href: `${base}/backups`, label: t("tabs.backups") },
            { href: `${base}/definition`, label: t("tabs.definition") },
            { href: `${base}/guest`, label: t("tabs.guest") },
            { href: `${base}/settings`, label: t("tabs.settings") },
            ...(seesProcess ? [{ href: `${base}/process`, label: t("tabs.process") }] : []),
            { href: `${base}/activity`, label: t("tabs.activity") },
          ]}
        />
      </div>
    </div>
  );
}

interface ConsoleButtonProps {
  vm: VmView;
  href: string;
  forbidden: string | null;
}

function ConsoleButton({ vm, href, forbidden }: ConsoleButtonProps) {
  const t = useTranslations("vm");
  const icon = <SquareTerminal aria-hidden="true" />;
  const reason = forbidden ?? (vm.bootId === null ? t("list.consoleOff") : null);
  if (reason) {
    return (
      <ReasonButton size="sm" icon={icon} align="end" disabledReason={reason}>
        {t("detail.openConsole")}
      </ReasonButton>
    );
  }
  return (
    <LinkButton variant="primary" size="sm" icon={icon} {...consoleDoor(href, vm)}>
      {t("detail.openConsole")}
    </LinkButton>
  );
}

/** What the stream does not carry (drives, cards, tasks) is read anew when something moved. */
function useRefreshOnChange(vm: VmView | null) {
  useCalmRefresh(
    vm &&
      JSON.stringify([
        vm.name,
        vm.state,
        vm.bootId,
        vm.addresses,
        vm.agentConnected,
        vm.live,
        vm.next,
        vm.pendingChanges,
        vm.template,
      ]),
  );
}
