"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { PasswordInput } from "@/app/(auth)/password-input";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { changeEmailAction } from "./actions";

type Failure = Extract<Awaited<ReturnType<typeof changeEmailAction>>, { ok: false }>["error"];

interface EmailFormProps {
  email: string;
  hasPassword: boolean;
}

/** The address that one signs in with; changed by the password. */
export function EmailForm({ email, hasPassword }: EmailFormProps) {
  const t = useTranslations("user.profile");
  const errorText = useErrorText();
  const router = useRouter();
  const [given, setGiven] = useState({ email, password: "" });
  const [error, submit, busy] = useActionState(async (): Promise<Failure | null> => {
    const result = await callAction(() => changeEmailAction(given));
    setGiven((before) => ({ ...before, password: "" }));
    if (!result.ok) return result.error;
    toast.ok(t("changed"));
    router.refresh();
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
      <Field
        label={t("email")}
        error={fieldError("email")}
        hint={hasPassword ? undefined : t("noPassword")}
      >
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            disabled={!hasPassword}
            maxLength={254}
            autoComplete="email"
            inputMode="email"
            value={given.email}
            onChange={(event) => setGiven({ ...given, email: event.target.value })}
          />
        )}
      </Field>
      {hasPassword && (
        <>
          <Field label={t("password")} error={fieldError("password")}>
            {(control) => (
              <PasswordInput
                {...control}
                required
                maxLength={1000}
                autoComplete="current-password"
                value={given.password}
                onChange={(event) => setGiven({ ...given, password: event.target.value })}
              />
            )}
          </Field>
          <Button type="submit" busy={busy} className="self-start">
            {t("change")}
          </Button>
        </>
      )}
    </form>
  );
}
