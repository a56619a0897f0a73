"use client";

import Image from "next/image";
import { useTranslations } from "next-intl";
import { useActionState, useId } from "react";
import { CodeField } from "@/components/account/code-field";
import { useProof } from "@/components/account/prove-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { TotpOffer } from "@/lib/services/factor/start-totp";
import { confirmTotpAction } from "./actions";

interface TotpDialogProps {
  offer: TotpOffer;
  onClose: () => void;
  onDone: (recoveryCodes: string[] | null) => void;
}

/** Shows the secret to scan or to type, and asks for the code that proves it arrived. */
export function TotpDialog({ offer, onClose, onDone }: TotpDialogProps) {
  const t = useTranslations("account.totp");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const proved = useProof();
  const form = useId();
  const [error, submit, busy] = useActionState(
    async (_before: UserMessage | null, given: FormData): Promise<UserMessage | null> => {
      const code = String(given.get("code"));
      const result = await proved(() => confirmTotpAction({ code }));
      if (!result.ok) return result.error.fields.code ?? result.error.message;
      onDone(result.value.recoveryCodes);
      return null;
    },
    null,
  );
  const ofField = error?.key.startsWith("field.");
  const typed = offer.secret.match(/.{1,4}/g)?.join(" ");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("setUpTitle")}
      description={t("scan")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <Image
        src={offer.qr}
        alt={t("qr")}
        width={200}
        height={200}
        unoptimized
        className="self-center rounded-md border border-line bg-white"
      />
      <div>
        <p className="text-13 text-muted">{t("typed")}</p>
        <p className="break-all font-mono text-13">
          {typed}
          <CopyButton text={offer.secret} label={t("copySecret")} className="ml-1 align-middle" />
        </p>
      </div>
      {error && !ofField && <Callout tone="bad" role="alert" title={errorText(error)} />}
      <form id={form} action={submit}>
        <CodeField error={error && ofField ? errorText(error) : null} hint={t("codeHint")} />
      </form>
    </Dialog>
  );
}
