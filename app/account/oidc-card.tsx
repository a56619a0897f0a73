"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { startOidc } from "@/components/auth/start-oidc";
import { useChange } from "@/components/project/use-change";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { startLinkAction, unlinkAction } from "./oidc-actions";

interface OidcCardProps {
  /** What people call the provider. */
  name: string;
  linked: boolean;
  hasPassword: boolean;
  /** Whether the last attempt to link came back refused. */
  refused: boolean;
}

/** Links the account with the OIDC provider, or parts the two. */
export function OidcCard({ name, linked, hasPassword, refused }: OidcCardProps) {
  const t = useTranslations("user.oidc");
  const { busy, run } = useChange();
  const [asked, setAsked] = useState(false);
  return (
    <Card title={t("title", { name })} description={t("description")}>
      <div className="flex flex-col items-start gap-3">
        {refused && <Callout tone="bad" role="alert" title={t("linkRefused")} />}
        <p>{linked ? t("linked") : t("notLinked")}</p>
        {linked ? (
          <ReasonButton
            disabledReason={hasPassword ? null : t("onlyWay")}
            onClick={() => setAsked(true)}
          >
            {t("unlink")}
          </ReasonButton>
        ) : (
          <ReasonButton
            busy={busy}
            onClick={async () => {
              if (!(await run(() => startLinkAction(undefined)))) return;
              await startOidc("/account").catch(() => toast.bad(t("failed")));
            }}
          >
            {t("link", { name })}
          </ReasonButton>
        )}
      </div>
      {asked && (
        <ConfirmDialog
          title={t("unlinkTitle", { name })}
          body={t("unlinkBody")}
          confirm={t("unlink")}
          busy={busy}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            if (await run(() => unlinkAction(undefined), t("unlinked"))) setAsked(false);
          }}
        />
      )}
    </Card>
  );
}
