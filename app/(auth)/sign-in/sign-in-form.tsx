"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import { signInAction } from "../actions";
import { PasswordInput } from "../password-input";
import { reachable } from "../reachable";

type Failure = Extract<Awaited<ReturnType<typeof signInAction>>, { ok: false }>["error"];

interface Attempt {
  email: string;
  error: Failure | null;
}

export function SignInForm({ callbackUrl }: { callbackUrl: string }) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const [attempt, submit, busy] = useActionState(
    async (_before: Attempt, form: FormData): Promise<Attempt> => {
      const email = String(form.get("email"));
      const password = String(form.get("password"));
      const result = await reachable(() => signInAction({ email, password, callbackUrl }));
      return { email, error: result.ok ? null : result.error };
    },
    { email: "", error: null },
  );
  const { error } = attempt;
  const fieldError = (name: string) => {
    const message = error?.fields[name];
    return message ? errorText(message) : null;
  };
  return (
    <form action={submit} className="flex flex-col gap-4">
      {error && error.code !== "input.invalid" && (
        <Callout tone="bad" role="alert" title={errorText(error.message)} />
      )}
      <Field label={t("email")} error={fieldError("email")}>
        {(control) => (
          <Input
            {...control}
            // A finished action empties the form: the address stays, the password does not.
            key={attempt.email}
            name="email"
            type="email"
            required
            maxLength={254}
            autoComplete="username"
            inputMode="email"
            autoFocus={attempt.email === ""}
            defaultValue={attempt.email}
          />
        )}
      </Field>
      <Field label={t("password.label")} error={fieldError("password")}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            required
            maxLength={1000}
            autoComplete="current-password"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy} className="mt-1 h-10">
        {t("signIn.submit")}
      </Button>
    </form>
  );
}
