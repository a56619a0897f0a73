"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAct } from "@/components/account/use-act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { TotpOffer } from "@/lib/services/factor/start-totp";
import { startTotpAction, turnOffTotpAction } from "./actions";
import { Section } from "./section";
import { TotpDialog } from "./totp-dialog";

interface TotpSectionProps {
  on: boolean;
  /** Told when an app is set up, with the recovery codes that came with it. */
  added: (recoveryCodes: string[] | null) => void;
}

export function TotpSection({ on, added }: TotpSectionProps) {
  const t = useTranslations("account.totp");
  const { busy, act } = useAct();
  const [offer, setOffer] = useState<TotpOffer | null>(null);
  const [turningOff, setTurningOff] = useState(false);
  return (
    <>
      <Section
        title={t("title")}
        state={<Badge tone={on ? "ok" : "neutral"}>{on ? t("on") : t("off")}</Badge>}
        text={t("text")}
        action={
          on ? (
            <Button size="sm" variant="dangerQuiet" onClick={() => setTurningOff(true)}>
              {t("turnOff")}
            </Button>
          ) : (
            <Button
              size="sm"
              busy={busy}
              onClick={() => act(() => startTotpAction(undefined), null, setOffer)}
            >
              {t("setUp")}
            </Button>
          )
        }
      />
      {offer && (
        <TotpDialog
          offer={offer}
          onClose={() => setOffer(null)}
          onDone={(recoveryCodes) => {
            setOffer(null);
            added(recoveryCodes);
          }}
        />
      )}
      {turningOff && (
        <ConfirmDialog
          title={t("turnOffTitle")}
          body={t("turnOffBody")}
          confirm={t("turnOff")}
          danger
          busy={busy}
          onClose={() => setTurningOff(false)}
          onConfirm={() =>
            act(
              () => turnOffTotpAction(undefined),
              t("turnedOff"),
              () => setTurningOff(false),
            )
          }
        />
      )}
    </>
  );
}
