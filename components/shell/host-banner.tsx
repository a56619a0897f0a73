"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { HostNotice } from "@/lib/model/live-event";
import { useHostNotices } from "./live-provider";

interface HostBannerProps {
  notices: HostNotice[];
  isAdmin: boolean;
}

/** What everybody must know about the hosts: out of reach, or without hardware acceleration. */
export function HostBanner({ notices, isAdmin }: HostBannerProps) {
  const hosts = useHostNotices(notices);
  const unreachable = hosts.filter((host) => host.connection === "unreachable");
  const emulated = hosts.find(
    (host) =>
      host.virt.virtType === "qemu" && host.virt.reason !== "not_checked" && host.mode !== "test",
  );
  const session = hosts.some((host) => host.mode === "session");
  if (unreachable.length === 0 && !emulated && !session) return null;
  return (
    <div className="flex flex-col gap-2 px-4 pt-4 md:px-6">
      {unreachable.map((host) => (
        <UnreachableNotice key={host.id} host={host} isAdmin={isAdmin} />
      ))}
      {unreachable.length === 0 && (emulated || session) && (
        <EmulationNotice host={emulated ?? null} session={session} isAdmin={isAdmin} />
      )}
    </div>
  );
}

function HealthLink() {
  const t = useTranslations("nav");
  return (
    <Link href="/admin/health" className="font-medium text-accent-text underline">
      {t("banner.health")}
    </Link>
  );
}

function UnreachableNotice({ host, isAdmin }: { host: HostNotice; isAdmin: boolean }) {
  const t = useTranslations("nav.banner");
  const format = useFormatter();
  return (
    <Callout tone="bad" role="status" title={t("unreachableTitle")}>
      <p>
        {host.syncedAt
          ? t("unreachable", {
              when: format.dateTime(new Date(host.syncedAt), {
                dateStyle: "medium",
                timeStyle: "medium",
              }),
            })
          : t("unreachableNever")}{" "}
        {isAdmin && <HealthLink />}
      </p>
      {isAdmin && host.connectionError && (
        <p className="mt-1 break-words font-mono text-muted text-xs">{host.connectionError}</p>
      )}
    </Callout>
  );
}

interface EmulationNoticeProps {
  host: HostNotice | null;
  session: boolean;
  isAdmin: boolean;
}

function EmulationNotice({ host, session, isAdmin }: EmulationNoticeProps) {
  const t = useTranslations("nav.banner");
  const reason = host?.virt.reason;
  const known =
    reason === "no_device" ||
    reason === "no_permission" ||
    reason === "probe_failed" ||
    reason === "forced";
  return (
    <Callout tone="warn">
      <p>
        {host && <strong className="font-semibold">{t("emulationTitle")}. </strong>}
        {known && `${t(`emulation.${reason}`)} `}
        {session && `${t("session")} `}
        {isAdmin && <HealthLink />}
      </p>
    </Callout>
  );
}
