"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { StateDot } from "@/components/ui/state-dot";
import { Tooltip } from "@/components/ui/tooltip";
import { useLiveStatus } from "./live-provider";

/** A blink of the network is not news. */
const PATIENCE_MS = 1_500;

/** Says so when the page no longer follows; silent while it does. */
export function LiveBadge() {
  const t = useTranslations("common.live");
  const cut = useLiveStatus() === "reconnecting";
  const [shown, setShown] = useState(false);

  useEffect(() => {
    if (!cut) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [cut]);

  return (
    <span role="status" className="text-13 text-warn-text">
      {shown && (
        <Tooltip text={t("reconnectingHint")}>
          {(describedBy) => (
            <span aria-describedby={describedBy}>
              <StateDot shape="half" tone="warn">
                {/* On a phone the name of the project would have no room beside them. */}
                <span className="max-sm:sr-only">{t("reconnecting")}</span>
              </StateDot>
            </span>
          )}
        </Tooltip>
      )}
    </span>
  );
}
