"use client";

import { Pause, Play, X } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { formatBytes, formatSeconds } from "@/components/ui/format";
import { Progress } from "@/components/ui/progress";
import { useErrorText } from "@/components/ui/use-error-text";
import { isUnderWay, type UploadFailure, type UploadItem } from "./upload-items";
import { rateOf, secondsLeft } from "./upload-rate";

interface UploadRowProps {
  item: UploadItem;
  onPause: () => void;
  onResume: () => void;
  onCancel: () => void;
  onHide: () => void;
}

/** One upload of this tab: how far, how fast, how long still. */
export function UploadRow({ item, onPause, onResume, onCancel, onHide }: UploadRowProps) {
  const t = useTranslations("image.upload");
  const { name } = item;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1 truncate font-medium">{name}</p>
        {isUnderWay(item) && (
          <Button
            size="icon"
            variant="ghost"
            aria-label={t("pauseOf", { name })}
            title={t("pause")}
            icon={<Pause aria-hidden="true" />}
            onClick={onPause}
          />
        )}
        {item.phase === "paused" && (
          <Button
            size="icon"
            variant="ghost"
            aria-label={t("resumeOf", { name })}
            title={t("resume")}
            icon={<Play aria-hidden="true" />}
            onClick={onResume}
          />
        )}
        {item.phase === "failed" || item.phase === "arrived" ? (
          <Button
            size="icon"
            variant="ghost"
            aria-label={t("hideOf", { name })}
            title={t("hide")}
            icon={<X aria-hidden="true" />}
            onClick={onHide}
          />
        ) : (
          <Button
            size="icon"
            variant="ghost"
            aria-label={t("cancelOf", { name })}
            title={t("cancel")}
            icon={<X aria-hidden="true" />}
            onClick={onCancel}
          />
        )}
      </div>
      {item.failure ? (
        <FailureText failure={item.failure} />
      ) : (
        <>
          <Progress
            percent={
              item.phase === "starting" && item.sentBytes === 0
                ? null
                : (100 * item.sentBytes) / item.sizeBytes
            }
            label={t("progress", { name })}
          />
          <Figures item={item} />
        </>
      )}
    </li>
  );
}

function FailureText({ failure }: { failure: UploadFailure }) {
  const t = useTranslations("image.upload");
  const errorText = useErrorText();
  const text = {
    message: () => (failure.kind === "message" ? errorText(failure.message) : ""),
    status: () => (failure.kind === "status" ? t("refused", { status: failure.status }) : ""),
    text: () => (failure.kind === "text" ? t("failed", { reason: failure.text }) : ""),
    signed_out: () => t("signedOut"),
  }[failure.kind]();
  return (
    <p role="alert" className="break-words text-13 text-bad-text">
      {text}
    </p>
  );
}

function Figures({ item }: { item: UploadItem }) {
  const t = useTranslations("image.upload");
  const format = useFormatter();
  const locale = useLocale();
  const rate = rateOf(item.readings);
  const left = secondsLeft(item.sizeBytes, item.sentBytes, rate);
  const share = format.number(item.sentBytes / item.sizeBytes, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  const phaseText = {
    waiting: t("waiting"),
    starting: t("starting"),
    uploading: null,
    retrying: t("retrying"),
    paused: t("paused"),
    arrived: t("done"),
    failed: null,
  }[item.phase];
  const parts = [
    t("percent", {
      percent: share,
      received: formatBytes(item.sentBytes, locale),
      size: formatBytes(item.sizeBytes, locale),
    }),
    item.phase === "uploading" && rate !== null
      ? t("speed", { speed: formatBytes(rate, locale) })
      : null,
    item.phase === "uploading" && left !== null
      ? t("left", { time: formatSeconds(left, locale) })
      : null,
    phaseText,
  ];
  return (
    <p className="flex flex-wrap gap-x-4 text-13 text-muted">
      {parts.map((part) => part && <span key={part}>{part}</span>)}
    </p>
  );
}
