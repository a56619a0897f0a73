"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { NewPasswordField } from "../../new-password-field";
import { reachable } from "../../reachable";
import { resetPasswordAction } from "../actions";

interface ResetFormProps {
  token: string;
  person: { email: string; name: string };
}

export function ResetForm({ token, person }: ResetFormProps) {
  const t = useTranslations("user.reset");
  const errorText = useErrorText();
  const [password, setPassword] = useState("");
  const [result, submit, busy] = useActionState(
    async () => reachable(() => resetPasswordAction({ token, password })),
    null,
  );
  if (result?.ok) {
    return (
      <>
        <h1 className="font-semibold text-2xl tracking-tight">{t("doneTitle")}</h1>
        <p role="status" className="mt-1 mb-6 text-muted">
          {t("done")}
        </p>
        <LinkButton href="/sign-in" variant="primary" className="h-10 self-start">
          {t("signIn")}
        </LinkButton>
      </>
    );
  }
  const error = result?.error;
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("intro")}</p>
      <form action={submit} className="flex flex-col gap-4">
        {error && error.code !== "input.invalid" && (
          <Callout tone="bad" role="alert" title={errorText(error.message)} />
        )}
        {/* Password managers need to know whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={person.email} />
        <NewPasswordField
          label={t("password")}
          person={person}
          value={password}
          onChange={setPassword}
          error={error?.fields.password}
        />
        <Button type="submit" variant="primary" busy={busy} className="h-10">
          {t("submit")}
        </Button>
      </form>
    </>
  );
}
