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
      className="absolute inset-x-2 bottom-2 z-10 mx-auto flex max-h-[calc(100%-1rem)] max-w-sm flex-col gap-1.5 rounded-lg border border-line bg-surface p-3 text-13 shadow-float"
    >
      {/* Above what may have to scroll: without it the hint would stay. */}
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-semibold">{touchpad ? t("titlePad") : t("title")}</h2>
        <Button size="sm" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, so the keyboard must reach it */}
      <div tabIndex={0} className="min-h-0 overflow-y-auto">
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
          {touchpad
            ? ofPad.map((each) => (
                <Row key={each} term={t(`fingers.${each}`)} meaning={t(`pad.${each}`)} />
              ))
            : ofScreen.map((each) => (
                <Row key={each} term={t(`fingers.${each}`)} meaning={t(`screen.${each}`)} />
              ))}
        </dl>
        <p className="mt-1.5 text-muted">{touchpad ? t("other") : t("otherPad")}</p>
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
