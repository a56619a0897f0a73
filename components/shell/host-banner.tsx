"use client";

import { clsx } from "clsx";
import { CircleAlert, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import type { HostNotice } from "@/lib/model/live-event";
import { useHostNotices } from "./live-provider";

interface HostBannerProps {
  notices: HostNotice[];
  seesAdmin: boolean;
}

/** What everybody must know about the hosts: out of reach, or without hardware acceleration. */
export function HostBanner({ notices, seesAdmin }: HostBannerProps) {
  const t = useTranslations("nav.banner");
  const hosts = useHostNotices(notices);
  const unreachable = hosts.filter((host) => host.connection === "unreachable");
  const emulated = hosts.find(
    (host) =>
      host.virt.virtType === "qemu" && host.virt.reason !== "not_checked" && host.mode !== "test",
  );
  const session = hosts.some((host) => host.mode === "session");
  if (unreachable.length === 0 && !emulated && !session) return null;
  return (
    <aside aria-label={t("label")}>
      {unreachable.map((host) => (
        <UnreachableNotice key={host.id} host={host} seesAdmin={seesAdmin} />
      ))}
      {unreachable.length === 0 && (emulated || session) && (
        <EmulationNotice host={emulated ?? null} session={session} seesAdmin={seesAdmin} />
      )}
    </aside>
  );
}

/** Strips right under the top bar: they must not take the console's room. */
function Strip({ tone, children }: { tone: "warn" | "bad"; children: ReactNode }) {
  const Icon = tone === "bad" ? CircleAlert : TriangleAlert;
  return (
    <div
      role={tone === "bad" ? "status" : undefined}
      className={clsx(
        "flex gap-2.5 border-b px-4 py-2 text-13 md:px-6",
        tone === "bad" ? "border-bad/30 bg-bad-soft" : "border-warn/30 bg-warn-soft",
      )}
    >
      <Icon
        aria-hidden="true"
        className={clsx(
          "mt-0.5 size-4 shrink-0",
          tone === "bad" ? "text-bad-text" : "text-warn-text",
        )}
      />
      <div className="min-w-0">{children}</div>
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

function UnreachableNotice({ host, seesAdmin }: { host: HostNotice; seesAdmin: boolean }) {
  const t = useTranslations("nav.banner");
  const format = useFormatter();
  return (
    <Strip tone="bad">
      <p>
        <strong className="font-semibold">{t("unreachableTitle")}</strong>{" "}
        {host.syncedAt
          ? t("unreachable", {
              when: format.dateTime(new Date(host.syncedAt), {
                dateStyle: "medium",
                timeStyle: "medium",
              }),
            })
          : t("unreachableNever")}{" "}
        {seesAdmin && <HealthLink />}
      </p>
      {seesAdmin && host.connectionError && (
        <p className="mt-1 break-words font-mono text-muted text-xs">{host.connectionError}</p>
      )}
    </Strip>
  );
}

interface EmulationNoticeProps {
  host: HostNotice | null;
  session: boolean;
  seesAdmin: boolean;
}

function EmulationNotice({ host, session, seesAdmin }: EmulationNoticeProps) {
  const t = useTranslations("nav.banner");
  const reason = host?.virt.reason;
  const known =
    reason === "no_device" ||
    reason === "no_permission" ||
    reason === "probe_failed" ||
    reason === "forced";
  return (
    <Strip tone="warn">
      <p>
        {host && <strong className="font-semibold">{t("emulationTitle")} </strong>}
        {known && (
          // On a phone the link says it, and the console needs the room.
          <span className={clsx(seesAdmin && "max-sm:sr-only")}>
            {`${t(`emulation.${reason}`)} `}
          </span>
        )}
        {session && `${t("session")} `}
        {seesAdmin && <HealthLink />}
      </p>
    </Strip>
  );
}
