"use client";

import { useTranslations } from "next-intl";
import { type DotShape, type DotTone, StateDot } from "@/components/ui/state-dot";
import type { ImageState } from "@/lib/model/image";

const looks: Record<ImageState, [DotShape, DotTone]> = {
  uploading: ["half", "accent"],
  checking: ["half", "accent"],
  storing: ["half", "accent"],
  ready: ["check", "ok"],
  refused: ["triangle", "bad"],
  failed: ["triangle", "bad"],
  deleting: ["half", "bad"],
};

export function ImageStateLabel({ state }: { state: ImageState }) {
  const t = useTranslations("image.state");
  const [shape, tone] = looks[state];
  return (
    <StateDot shape={shape} tone={tone}>
      {t(state)}
    </StateDot>
  );
}
