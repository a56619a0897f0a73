"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAct } from "@/components/account/use-act";
import { Badge } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ReasonButton } from "@/components/ui/reason-button";
import { renewRecoveryCodesAction } from "./actions";
import { Section } from "./section";

interface RecoverySectionProps {
  left: number;
  /** Whether there is a factor that they stand in for. */
  needed: boolean;
  renewed: (codes: string[]) => void;
}

export function RecoverySection({ left, needed, renewed }: RecoverySectionProps) {
  const t = useTranslations("account.recovery");
  const errors = useTranslations("errors.auth");
  const { busy, act } = useAct();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Section
        title={t("title")}
        state={
          needed && <Badge tone={left < 3 ? "warn" : "ok"}>{t("left", { count: left })}</Badge>
        }
        text={t("text")}
        action={
          <ReasonButton
            size="sm"
            align="end"
            disabledReason={needed ? null : errors("no_factor")}
            onClick={() => setAsking(true)}
          >
            {t("renew")}
          </ReasonButton>
        }
      />
      {asking && (
        <ConfirmDialog
          title={t("renewTitle")}
          body={t("renewBody")}
          confirm={t("renew")}
          busy={busy}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            act(
              () => renewRecoveryCodesAction(undefined),
              null,
              ({ recoveryCodes }) => {
                setAsking(false);
                renewed(recoveryCodes);
              },
            )
          }
        />
      )}
    </>
  );
}
