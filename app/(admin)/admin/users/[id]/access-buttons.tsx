"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useChange } from "@/components/project/use-change";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ReasonButton } from "@/components/ui/reason-button";
import { withBase } from "@/lib/base-path";
import type { UserView } from "@/lib/services/user/get-user";
import {
  clearSecondFactorsAction,
  makeResetLinkAction,
  setUserDisabledAction,
  signOutUserAction,
} from "../actions";
import { ResetLinkDialog } from "./reset-link-dialog";

interface AccessButtonsProps {
  user: UserView;
  /** Why nothing can be done; null when it can. */
  reason: string | null;
}

/** What ends or mends a person's access. */
export function AccessButtons({ user, reason }: AccessButtonsProps) {
  const t = useTranslations("user.admin.access");
  const { busy, run } = useChange();
  const [asked, setAsked] = useState<"signOut" | "clear" | "disable" | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const { id: userId, name, disabled } = user;
  const close = () => setAsked(null);
  return (
    <div className="flex flex-wrap gap-2">
      <ReasonButton
        disabledReason={reason ?? (user.sessions === 0 ? t("noSessions") : null)}
        onClick={() => setAsked("signOut")}
      >
        {t("signOut")}
      </ReasonButton>
      <ReasonButton
        disabledReason={reason ?? (disabled ? t("enableFirst") : null)}
        busy={busy}
        onClick={async () => {
          const made = await run(() => makeResetLinkAction({ userId }));
          if (made) setLink(`${window.location.origin}${withBase(made.value.path)}`);
        }}
      >
        {t("resetLink")}
      </ReasonButton>
      <ReasonButton
        disabledReason={reason ?? (user.secondFactor ? null : t("noFactors"))}
        onClick={() => setAsked("clear")}
      >
        {t("clear")}
      </ReasonButton>
      {disabled ? (
        <ReasonButton
          disabledReason={reason}
          busy={busy}
          onClick={() =>
            void run(() => setUserDisabledAction({ userId, disabled: false }), t("enabled"))
          }
        >
          {t("enable")}
        </ReasonButton>
      ) : (
        <ReasonButton
          variant="dangerQuiet"
          disabledReason={reason}
          onClick={() => setAsked("disable")}
        >
          {t("disable")}
        </ReasonButton>
      )}
      {asked === "signOut" && (
        <ConfirmDialog
          title={t("signOutTitle", { name })}
          body={t("signOutBody")}
          confirm={t("signOut")}
          busy={busy}
          onClose={close}
          onConfirm={async () => {
            if (await run(() => signOutUserAction({ userId }), t("signedOut"))) close();
          }}
        />
      )}
      {asked === "clear" && (
        <ConfirmDialog
          title={t("clearTitle", { name })}
          body={t("clearBody")}
          confirm={t("clear")}
          danger
          busy={busy}
          onClose={close}
          onConfirm={async () => {
            if (await run(() => clearSecondFactorsAction({ userId }), t("cleared"))) close();
          }}
        />
      )}
      {asked === "disable" && (
        <ConfirmDialog
          title={t("disableTitle", { name })}
          body={t("disableBody")}
          confirm={t("disable")}
          danger
          busy={busy}
          onClose={close}
          onConfirm={async () => {
            const off = { userId, disabled: true };
            if (await run(() => setUserDisabledAction(off), t("disabledNow"))) close();
          }}
        />
      )}
      {link && <ResetLinkDialog name={name} link={link} onClose={() => setLink(null)} />}
    </div>
  );
}
