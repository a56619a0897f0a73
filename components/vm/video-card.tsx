"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { UserMessage } from "@/lib/model/errors";
import { type VideoModel, videoModels } from "@/lib/model/video";
import { videoCommands } from "@/lib/model/video-commands";
import type { VmDetail } from "@/lib/model/vm";
import { XmlDifference } from "./preview/xml-difference";
import type { VideoAction } from "./types";
import { eventsOf } from "./use-vm-detail";

interface VideoCardProps {
  vm: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  set: VideoAction;
}

/** What the VM's screen is shown by, from its next start on. */
export function VideoCard({ vm, forbidden, set }: VideoCardProps) {
  const t = useTranslations("vm.video");
  const power = useTranslations("vm.power");
  const errorText = useErrorText();
  const put = useLivePut();
  // Null: not touched, and as whoever else changes it.
  const [asked, setAsked] = useState<VideoModel | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  if (vm.video === null) return null;

  const { now, next } = vm.video;
  const model = asked ?? next;
  const wanted = videoModels.find((each) => each === model);
  const unfit = vm.state === "saved" || vm.state === "deleting" || vm.state === "unknown";
  const reason =
    forbidden ??
    (unfit ? power(`why.${vm.state}`) : null) ??
    (wanted === undefined ? t("choose") : model === next ? t("same") : null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || reason !== null || wanted === undefined) return;
    setBusy(true);
    const result = await callAction(() => set({ vmId: vm.id, model: wanted }));
    setBusy(false);
    setFailure(result.ok ? null : result.error.message);
    if (!result.ok) return;
    for (const told of eventsOf(result.value)) put(told);
    setAsked(null);
    toast.ok(t("saved"));
  }

  return (
    <Card title={t("title")}>
      <form onSubmit={submit} className="flex flex-col items-start gap-4">
        <Field label={t("model")} hint={t("hint")} className="w-full max-w-md">
          {(control) => (
            <Select
              {...control}
              disabled={forbidden !== null}
              value={model}
              onChange={({ target }) =>
                setAsked(videoModels.find((each) => each === target.value) ?? null)
              }
            >
              {(next === "other" || next === "none") && (
                <option value={next}>{t(`models.${next}`)}</option>
              )}
              {videoModels.map((each) => (
                <option key={each} value={each}>
                  {t(`models.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {now !== null && now !== next && (
          <Callout role="status">{t("now", { model: t(`models.${now}`) })}</Callout>
        )}
        {model !== next && (
          <p role="status" className="text-13 text-muted">
            {t(vm.bootId === null ? "planOff" : "plan")}
          </p>
        )}
        {reason === null && wanted !== undefined && (
          <div className="flex w-full flex-col gap-3">
            <VirshLine commands={videoCommands(vm.domainName, wanted)} />
            <XmlDifference change={{ verb: "setVmVideo", input: { model: wanted } }} />
          </div>
        )}
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure)}
          </Callout>
        )}
        <ReasonButton type="submit" size="sm" busy={busy} disabledReason={reason}>
          {t("save")}
        </ReasonButton>
      </form>
    </Card>
  );
}
