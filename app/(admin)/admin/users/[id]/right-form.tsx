"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useChange } from "@/components/project/use-change";
import { ReasonButton } from "@/components/ui/reason-button";
import { type UserRight, userRights } from "@/lib/model/user";
import { setUserRightAction } from "../actions";

interface RightFormProps {
  userId: string;
  right: UserRight;
  /** Why it cannot be changed; null when it can. */
  reason: string | null;
}

/** What the person is in the installation: one of three. */
export function RightForm({ userId, right, reason }: RightFormProps) {
  const t = useTranslations("user.admin");
  const { busy, run } = useChange();
  const [chosen, setChosen] = useState(right);
  return (
    <div className="flex flex-col gap-3">
      <fieldset disabled={reason !== null} className="flex flex-col gap-2">
        <legend className="sr-only">{t("rightTitle")}</legend>
        {userRights.map((each) => (
          <label key={each} className="inline-flex items-start gap-2">
            <input
              type="radio"
              name="right"
              value={each}
              checked={chosen === each}
              onChange={() => setChosen(each)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="flex flex-col">
              {t(`rights.${each}`)}
              <span className="text-13 text-muted">{t(`rightHints.${each}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <ReasonButton
        className="self-start"
        busy={busy}
        disabledReason={reason ?? (chosen === right ? t("rightSame") : null)}
        onClick={() =>
          void run(() => setUserRightAction({ userId, right: chosen }), t("rightChanged"))
        }
      >
        {t("rightChange")}
      </ReasonButton>
    </div>
  );
}
