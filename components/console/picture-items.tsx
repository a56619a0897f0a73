"use client";

import { Gauge, Image as ImageIcon, Leaf } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { formatBytes } from "@/components/ui/format";
import { MenuItem, MenuLabel } from "@/components/ui/menu";
import type { LinkView } from "./measured-picture";
import { type PictureChoice, pictureChoices } from "./picture";

const lookEveryMs = 1_000;
const icons = { automatic: Gauge, best: ImageIcon, least: Leaf } as const;

interface PictureItemsProps {
  picture: PictureChoice;
  /** What is known of the connection; null while there is none. */
  link: () => LinkView | null;
  onPicture: (picture: PictureChoice) => void;
}

/** How much of the connection the picture may take, with what was measured of it. */
export function PictureItems({ picture, link, onPicture }: PictureItemsProps) {
  const t = useTranslations("console.view");
  const measured = useMeasured(link);
  return (
    <>
      <MenuLabel>{t("picture")}</MenuLabel>
      {pictureChoices.map((each) => {
        const Icon = icons[each];
        return (
          <MenuItem
            key={each}
            icon={<Icon aria-hidden="true" />}
            checked={picture === each}
            hint={each === "automatic" ? measured : t(`pictureHints.${each}`)}
            onSelect={() => onPicture(each)}
          >
            {t(`pictures.${each}`)}
          </MenuItem>
        );
      })}
    </>
  );
}

/** Round trip, and the width where it is known, as words that are kept up. */
function useMeasured(link: () => LinkView | null): string {
  const t = useTranslations("console.view");
  const locale = useLocale();
  const [now, setNow] = useState<LinkView | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setNow(link()), lookEveryMs);
    return () => clearInterval(timer);
  }, [link]);
  if (now === null || now.roundTripMs === null) return t("unmeasured");
  const ms = Math.max(1, Math.round(now.roundTripMs));
  if (now.bytesPerSecond === null) return t("measuredTrip", { ms });
  return t("measured", { rate: formatBytes(now.bytesPerSecond, locale), ms });
}
