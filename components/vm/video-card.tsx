"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type VideoModel, videoModels } from "@/lib/model/video";
import { videoCommands } from "@/lib/model/video-commands";
import type { VmDetail } from "@/lib/model/vm";
import { NextStartCard } from "./next-start-card";
import type { VideoAction } from "./types";

interface VideoCardProps {
  vm: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  set: VideoAction;
}

/** What the VM's screen is shown by, from its next start on. */
export function VideoCard({ vm, forbidden, set }: VideoCardProps) {
  const t = useTranslations("vm.video");
  // Null: not touched, and as whoever else changes it.
  const [asked, setAsked] = useState<VideoModel | null>(null);
  if (vm.video === null) return null;

  const { now, next } = vm.video;
  const shown = asked ?? next;
  const model = videoModels.find((each) => each === shown);

  return (
    <NextStartCard
      title={t("title")}
      vm={vm}
      forbidden={forbidden}
      running={now !== null && now !== next ? t("now", { model: t(`models.${now}`) }) : null}
      changed={shown !== next}
      incomplete={model === undefined ? t("choose") : null}
      plan={
        model === undefined
          ? null
          : {
              commands: videoCommands(vm.domainName, model),
              change: { verb: "setVmVideo", input: { model } },
              save: () => set({ vmId: vm.id, model }),
            }
      }
      onSaved={() => setAsked(null)}
    >
      <Field label={t("model")} hint={t("hint")} className="w-full max-w-md">
        {(control) => (
          <Select
            {...control}
            disabled={forbidden !== null}
            value={shown}
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
    </NextStartCard>
  );
}
