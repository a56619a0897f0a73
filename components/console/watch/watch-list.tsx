"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { WatchView } from "@/lib/model/watch/watch";

interface WatchListProps {
  watches: readonly WatchView[];
  onRemove: (watch: WatchView) => void;
}

const tones = { fired: "ok", expired: "neutral", forbidden: "warn" } as const;

/** What is watched, and what those before have told. */
export function WatchList({ watches, onRemove }: WatchListProps) {
  const t = useTranslations("console.watch");
  return (
    <ul aria-label={t("list")} className="flex flex-col divide-y divide-line">
      {watches.map((watch) => (
        <li key={watch.id} className="flex items-start justify-between gap-2 py-2">
          <div className="flex min-w-0 flex-col gap-0.5">
            <span className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 break-words font-medium">{watch.name}</span>
              <Badge tone={watch.ended === null ? "accent" : tones[watch.ended]}>
                {t(`states.${watch.ended ?? "watching"}`)}
              </Badge>
            </span>
            {watch.firedAt !== null && (
              <span className="break-words text-13 text-muted">
                <TimeAgo at={watch.firedAt} />{" "}
                {watch.firedText !== null && <code className="font-mono">{watch.firedText}</code>}
              </span>
            )}
            {watch.hook !== null && (
              <span className="text-13 text-muted">
                {t(`hook.${watch.hook.state}`, {
                  tries: watch.hook.tries,
                  answer: watch.hook.answer ?? "",
                })}
              </span>
            )}
          </div>
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("remove", { name: watch.name })}
            icon={<Trash2 aria-hidden="true" />}
            onClick={() => onRemove(watch)}
          />
        </li>
      ))}
    </ul>
  );
}
