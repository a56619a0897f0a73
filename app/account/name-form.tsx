"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { changeNameAction } from "./actions";

type Failure = Extract<Awaited<ReturnType<typeof changeNameAction>>, { ok: false }>["error"];

export function NameForm({ name }: { name: string }) {
  const t = useTranslations("user.profile");
  const errorText = useErrorText();
  const router = useRouter();
  const [given, setGiven] = useState(name);
  const [error, submit, busy] = useActionState(async (): Promise<Failure | null> => {
    const result = await callAction(() => changeNameAction({ name: given }));
    if (!result.ok) return result.error;
    toast.ok(t("saved"));
    router.refresh();
    return null;
  }, null);
  const wrong = error?.fields.name;
  return (
    <form action={submit} className="flex max-w-sm flex-col gap-4">
      {error && error.code !== "input.invalid" && (
        <Callout tone="bad" role="alert" title={errorText(error.message)} />
      )}
      <Field label={t("name")} error={wrong && errorText(wrong)}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={80}
            autoComplete="name"
            value={given}
            onChange={(event) => setGiven(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={busy} className="self-start">
        {t("save")}
      </Button>
    </form>
  );
}
