"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import { NewPasswordField } from "../../new-password-field";
import { reachable } from "../../reachable";
import { joinAction } from "./actions";

type Failure = Extract<Awaited<ReturnType<typeof joinAction>>, { ok: false }>["error"];

/** Name and password of a new account; its address is the invited one. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("auth");
  const offer = useTranslations("project.offer");
  const errorText = useErrorText();
  const locale = useLocale() === "zh-CN" ? "zh-CN" : "en";
  // Kept here, since a finished action empties the form's own fields.
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [error, submit, busy] = useActionState(async (): Promise<Failure | null> => {
    const result = await reachable(() => joinAction({ token, locale, name, password }));
    return result.ok ? null : result.error;
  }, null);
  const nameError = error?.fields.name;
  return (
    <form action={submit} className="flex flex-col gap-4">
      {error && error.code !== "input.invalid" && (
        <Callout tone="bad" role="alert" title={errorText(error.message)} />
      )}
      <Field label={t("email")} hint={offer("emailFixed")}>
        {(control) => (
          <Input {...control} type="email" autoComplete="username" readOnly value={email} />
        )}
      </Field>
      <Field label={t("name")} hint={t("nameHint")} error={nameError ? errorText(nameError) : null}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={80}
            autoComplete="name"
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <NewPasswordField
        label={t("password.label")}
        person={{ name, email }}
        value={password}
        onChange={setPassword}
        error={error?.fields.password}
      />
      <Button type="submit" variant="primary" busy={busy} className="mt-1 h-10">
        {offer("join")}
      </Button>
    </form>
  );
}
