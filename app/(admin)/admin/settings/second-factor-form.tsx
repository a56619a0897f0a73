"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAct } from "@/components/account/use-act";
import { RadioCard } from "@/components/ui/radio-card";
import { ReasonButton } from "@/components/ui/reason-button";
import { type SecondFactorRule, secondFactorRules } from "@/lib/model/setting";
import { setSettingAction } from "./actions";

interface SecondFactorFormProps {
  now: SecondFactorRule;
  /** Why it cannot be changed; null when it can. */
  forbidden: string | null;
}

/** Whom the installation asks for a second factor. */
export function SecondFactorForm({ now, forbidden }: SecondFactorFormProps) {
  const t = useTranslations("setting");
  const { busy, act } = useAct();
  const [chosen, setChosen] = useState(now);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        act(() => setSettingAction({ key: "requireSecondFactor", value: chosen }), t("saved"));
      }}
    >
      <fieldset className="grid gap-2" disabled={forbidden !== null}>
        <legend className="sr-only">{t("secondFactor.title")}</legend>
        {secondFactorRules.map((rule) => (
          <RadioCard
            key={rule}
            name="requireSecondFactor"
            value={rule}
            label={t(`secondFactor.${rule}`)}
            hint={t(`secondFactor.${rule}Hint`)}
            checked={chosen === rule}
            onChange={() => setChosen(rule)}
          />
        ))}
      </fieldset>
      <ReasonButton
        type="submit"
        variant="primary"
        busy={busy}
        disabledReason={forbidden ?? (chosen === now ? t("unchanged") : null)}
        className="self-start"
      >
        {t("save")}
      </ReasonButton>
    </form>
  );
}
