"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { NewToken } from "@/lib/policies/token";

/** A fresh token, shown this once: nobody can read it again. */
export function NewTokenDialog({ made, onClose }: { made: NewToken; onClose: () => void }) {
  const t = useTranslations("token");
  const { secret, token } = made;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("made.title", { name: token.name })}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("made.done")}
        </Button>
      }
    >
      <Callout tone="warn">{t("made.once")}</Callout>
      <Field label={t("made.token")} hint={t("made.hint")}>
        {(control) => (
          <span className="flex items-center gap-1">
            <Input
              {...control}
              data-autofocus
              readOnly
              value={secret}
              className="font-mono text-xs"
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton text={secret} label={t("made.copy")} className="size-9" />
          </span>
        )}
      </Field>
    </Dialog>
  );
}
