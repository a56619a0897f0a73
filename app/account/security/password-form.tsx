"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { NewPasswordField } from "@/app/(auth)/new-password-field";
import { PasswordInput } from "@/app/(auth)/password-input";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { changePasswordAction } from "./actions";

type Failure = Extract<Awaited<ReturnType<typeof changePasswordAction>>, { ok: false }>["error"];

const empty = { current: "", next: "" };

export function PasswordForm({ person }: { person: { email: string; name: string } }) {
  const t = useTranslations("account");
  const errorText = useErrorText();
  const [given, setGiven] = useState(empty);
  const [error, submit, busy] = useActionState(async (): Promise<Failure | null> => {
    const result = await callAction(() => changePasswordAction(given));
    if (!result.ok) return result.error;
    setGiven(empty);
    toast.ok(t("changed"));
    return null;
  }, null);
  const fieldError = (name: string) => {
    const message = error?.fields[name];
    return message ? errorText(message) : null;
  };
  return (
    <form action={submit} className="flex max-w-sm flex-col gap-4">
      {error && error.code !== "input.invalid" && (
        <Callout tone="bad" role="alert" title={errorText(error.message)} />
      )}
      {/* Password managers need to know whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={person.email} />
      <Field label={t("current")} error={fieldError("current")}>
        {(control) => (
          <PasswordInput
            {...control}
            required
            maxLength={1000}
            autoComplete="current-password"
            value={given.current}
            onChange={(event) => setGiven({ ...given, current: event.target.value })}
          />
        )}
      </Field>
      <NewPasswordField
        label={t("next")}
        person={person}
        value={given.next}
        onChange={(next) => setGiven({ ...given, next })}
        error={error?.fields.next}
      />
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        {t("change")}
      </Button>
    </form>
  );
}
