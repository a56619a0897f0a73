"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ConsoleShareView } from "@/lib/model/console-share";

interface ShareListProps {
  shares: readonly ConsoleShareView[];
  onRevoke: (shareId: string) => Promise<void>;
}

/** The links that hold, who watches by each now, and the button that takes one back. */
export function ShareList({ shares, onRevoke }: ShareListProps) {
  const t = useTranslations("console.share");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const [ending, setEnding] = useState<string | null>(null);
  const holding = shares.filter((each) => new Date(each.expiresAt) > now);
  if (holding.length === 0) return <p className="text-13 text-muted">{t("none")}</p>;

  async function revoke(shareId: string) {
    setEnding(shareId);
    await onRevoke(shareId);
    setEnding(null);
  }

  return (
    <ul aria-label={t("list")} className="flex flex-col divide-y divide-line border-line border-y">
      {holding.map((share) => (
        <li key={share.id} className="flex items-center justify-between gap-3 py-2">
          <div className="min-w-0">
            <p className="break-words font-medium">{share.name}</p>
            <p className="text-13 text-muted">
              {t("ends", { when: format.relativeTime(new Date(share.expiresAt), now) })}
              {" · "}
              {share.maxVisits === null
                ? t("visits", { count: share.visitCount })
                : t("visitsOf", { count: share.visitCount, most: share.maxVisits })}
              {" · "}
              {t("by", { name: share.createdByName })}
            </p>
            {share.watching.length > 0 && (
              <p className="break-words text-13">
                {t("watching", { names: share.watching.join(", ") })}
              </p>
            )}
          </div>
          <Button
            size="sm"
            busy={ending === share.id}
            aria-label={t("revokeNamed", { name: share.name })}
            onClick={() => void revoke(share.id)}
          >
            {t("revoke")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
