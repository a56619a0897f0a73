"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

const ofScreen = ["tap", "hold", "drag", "twoTap", "twoDrag", "pinch"] as const;
const ofPad = ["move", "tap", "twoTap", "tapDrag", "twoDrag", "pinch"] as const;

/** What fingers do on the screen, over it. */
export function GestureHint({ touchpad, onClose }: { touchpad: boolean; onClose: () => void }) {
  const t = useTranslations("console.gestures");
  return (
    <aside
      aria-label={t("title")}
      className="absolute inset-x-3 bottom-3 z-10 mx-auto max-h-[calc(100%-1.5rem)] max-w-sm overflow-auto rounded-lg border border-line bg-surface p-4 text-13 shadow-lg"
    >
      <h2 className="mb-2 font-semibold">{touchpad ? t("titlePad") : t("title")}</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        {touchpad
          ? ofPad.map((each) => (
              <Row key={each} term={t(`fingers.${each}`)} meaning={t(`pad.${each}`)} />
            ))
          : ofScreen.map((each) => (
              <Row key={each} term={t(`fingers.${each}`)} meaning={t(`screen.${each}`)} />
            ))}
      </dl>
      <p className="mt-2 text-muted">{touchpad ? t("other") : t("otherPad")}</p>
      <div className="mt-3 text-right">
        <Button size="sm" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
    </aside>
  );
}

function Row({ term, meaning }: { term: string; meaning: string }) {
  return (
    <>
      <dt className="font-medium">{term}</dt>
      <dd>{meaning}</dd>
    </>
  );
}
