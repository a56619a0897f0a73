"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { reachable } from "../../reachable";
import { requestResetAction } from "../actions";

type Failure = Extract<Awaited<ReturnType<typeof requestResetAction>>, { ok: false }>["error"];

interface Asked {
  email: string;
  sent: boolean;
  error: Failure | null;
}

/** Asks for the address; the answer is the same whatever it is. */
export function RequestForm() {
  const t = useTranslations("user.reset");
  const auth = useTranslations("auth");
  const errorText = useErrorText();
  const [asked, submit, busy] = useActionState(
    async (_before: Asked, form: FormData): Promise<Asked> => {
      const email = String(form.get("email"));
      const result = await reachable(() => requestResetAction({ email }));
      return { email, sent: result.ok, error: result.ok ? null : result.error };
    },
    { email: "", sent: false, error: null },
  );
  const { error } = asked;
  const wrong = error?.fields.email;
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">
        {asked.sent ? t("sentTitle") : t("requestTitle")}
      </h1>
      <p role="status" className="mt-1 mb-6 text-muted">
        {asked.sent ? t("sent", { email: asked.email }) : t("requestIntro")}
      </p>
      {!asked.sent && (
        <form action={submit} className="mb-4 flex flex-col gap-4">
          {error && error.code !== "input.invalid" && (
            <Callout tone="bad" role="alert" title={errorText(error.message)} />
          )}
          <Field label={auth("email")} error={wrong && errorText(wrong)}>
            {(control) => (
              <Input
                {...control}
                type="email"
                name="email"
                required
                maxLength={254}
                autoComplete="username"
                inputMode="email"
                autoFocus
                defaultValue={asked.email}
              />
            )}
          </Field>
          <Button type="submit" variant="primary" busy={busy} className="h-10">
            {t("send")}
          </Button>
        </form>
      )}
      <LinkButton href="/sign-in" className="h-10">
        {t("back")}
      </LinkButton>
    </>
  );
}
