"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import { setupAction } from "../actions";
import { NewPasswordField } from "../new-password-field";
import { reachable } from "../reachable";

type Failure = Extract<Awaited<ReturnType<typeof setupAction>>, { ok: false }>["error"];

export function SetupForm({ token }: { token: string }) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const locale = useLocale() === "zh-CN" ? "zh-CN" : "en";
  // Kept here, since a finished action empties the form's own fields.
  const [person, setPerson] = useState({ name: "", email: "", password: "" });
  const [error, submit, busy] = useActionState(async (): Promise<Failure | null> => {
    const result = await reachable(() => setupAction({ token, locale, ...person }));
    return result.ok ? null : result.error;
  }, null);
  const fieldError = (name: string) => {
    const message = error?.fields[name];
    return message ? errorText(message) : null;
  };
  const set = (name: keyof typeof person) => (value: string) =>
    setPerson((before) => ({ ...before, [name]: value }));
  return (
    <form action={submit} className="flex flex-col gap-4">
      {error && error.code !== "input.invalid" && (
        <Callout tone="bad" role="alert" title={errorText(error.message)} />
      )}
      <Field label={t("name")} hint={t("nameHint")} error={fieldError("name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={80}
            autoComplete="name"
            autoFocus
            value={person.name}
            onChange={(event) => set("name")(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("email")} hint={t("setup.emailHint")} error={fieldError("email")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            maxLength={254}
            autoComplete="username"
            inputMode="email"
            value={person.email}
            onChange={(event) => set("email")(event.target.value)}
          />
        )}
      </Field>
      <NewPasswordField
        label={t("password.label")}
        person={person}
        value={person.password}
        onChange={set("password")}
        error={error?.fields.password}
      />
      <Button type="submit" variant="primary" busy={busy} className="mt-1 h-10">
        {t("setup.submit")}
      </Button>
    </form>
  );
}
