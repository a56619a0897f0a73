"use client";

import { useTranslations } from "next-intl";
import { useFollowServer } from "@/components/shell/follow-server";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { RefreshButton } from "@/components/ui/refresh-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import { useVmDetail } from "@/components/vm/use-vm-detail";
import type { UserMessage } from "@/lib/model/errors";
import type { FreezeView } from "@/lib/model/guest/freeze";
import type { GuestView } from "@/lib/model/guest/guest";
import type { VmDetail } from "@/lib/model/vm";
import { FilesystemTable } from "./filesystem-table";
import { FreezeCard } from "./freeze-card";
import { FrozenCallout } from "./frozen-callout";
import { GuestFacts } from "./guest-facts";
import { PasswordCard } from "./password-card";
import type { FreezeGuestAction, SetGuestPasswordAction, ThawGuestAction } from "./types";

interface GuestPanelProps {
  detail: VmDetail;
  /** Null when nothing could be asked; `failure` says why. */
  view: GuestView | null;
  failure: UserMessage | null;
  freeze: FreezeView;
  /** Why the guest may not be changed; null when it may. */
  forbidden: string | null;
  setPassword: SetGuestPasswordAction;
  freezeGuest: FreezeGuestAction;
  thawGuest: ThawGuestAction;
}

/** What the agent inside the guest tells, and what it can be asked to do. */
export function GuestPanel(props: GuestPanelProps) {
  const { detail, view, failure, freeze, forbidden, setPassword } = props;
  const t = useTranslations("guest");
  const errorText = useErrorText();
  const vm = useVmDetail(detail);
  // An agent that comes or goes makes another page.
  useFollowServer(`${detail.bootId} ${detail.agentConnected}`, `${vm.bootId} ${vm.agentConnected}`);
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-13 text-muted">{t("intro")}</p>
        <RefreshButton>{t("refresh")}</RefreshButton>
      </div>
      {freeze.until !== null && (
        <FrozenCallout
          vm={vm}
          until={freeze.until}
          forbidden={forbidden}
          thawGuest={props.thawGuest}
        />
      )}
      {failure && (
        <Callout tone="info" role="status" title={errorText(failure)}>
          {vm.bootId !== null && !vm.agentConnected && (
            <>
              <p>{t("install")}</p>
              <pre className="mt-1 whitespace-pre-wrap font-mono text-xs">
                {"apt install qemu-guest-agent\ndnf install qemu-guest-agent"}
              </pre>
              <p className="mt-1">{t("installWindows")}</p>
            </>
          )}
        </Callout>
      )}
      {view && (
        <>
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <Card title={t("facts")} description={t("factsHint")}>
              <GuestFacts view={view} />
            </Card>
            <PasswordCard vm={vm} forbidden={forbidden} setPassword={setPassword} />
          </div>
          <Card title={t("filesystems")}>
            <FilesystemTable filesystems={view.filesystems} />
          </Card>
          <FreezeCard
            vm={vm}
            filesystems={view.filesystems}
            forbidden={forbidden}
            freezeGuest={props.freezeGuest}
          />
          <VirshLine commands={view.commands} />
        </>
      )}
    </div>
  );
}
