"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** Where the six digits of the authenticator app go; phones offer them by themselves. */
export function CodeField({ error, hint }: { error: string | null; hint?: string }) {
  const t = useTranslations("account.totp");
  return (
    <Field label={t("code")} error={error} hint={hint}>
      {(control) => (
        <Input
          {...control}
          name="code"
          required
          // Six digits, and the space that some apps show between them.
          maxLength={8}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          className="max-w-40 font-mono tracking-widest"
        />
      )}
    </Field>
  );
}
