"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { controlClass, Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { sshKeyLimits } from "@/lib/model/ssh-key";
import { addSshKeyAction } from "./actions";

type Failure = Extract<Awaited<ReturnType<typeof addSshKeyAction>>, { ok: false }>["error"];

const empty = { name: "", publicKey: "" };

export function KeyForm() {
  const t = useTranslations("user.sshKeys");
  const errorText = useErrorText();
  const router = useRouter();
  const [given, setGiven] = useState(empty);
  const [error, submit, busy] = useActionState(async (): Promise<Failure | null> => {
    const result = await callAction(() => addSshKeyAction(given));
    if (!result.ok) {
      // A private key does not stay on the screen either.
      if (result.error.fields.publicKey?.key === "field.ssh_key.private") setGiven(empty);
      return result.error;
    }
    setGiven(empty);
    toast.ok(t("added"));
    router.refresh();
    return null;
  }, null);
  const fieldError = (name: string) => {
    const message = error?.fields[name];
    return message ? errorText(message) : null;
  };
  return (
    <form action={submit} className="flex flex-col gap-4">
      {error && error.code !== "input.invalid" && (
        <Callout tone="bad" role="alert" title={errorText(error.message)} />
      )}
      <Field label={t("key")} hint={t("keyHint")} error={fieldError("publicKey")}>
        {(control) => (
          <textarea
            {...control}
            required
            rows={4}
            maxLength={sshKeyLimits.text}
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            value={given.publicKey}
            onChange={(event) => setGiven({ ...given, publicKey: event.target.value })}
            className={`${controlClass} h-auto break-all py-2 font-mono text-13`}
          />
        )}
      </Field>
      <Field
        label={t("name")}
        optional={t("optional")}
        hint={t("nameHint")}
        error={fieldError("name")}
        className="max-w-sm"
      >
        {(control) => (
          <Input
            {...control}
            maxLength={sshKeyLimits.name}
            autoComplete="off"
            value={given.name}
            onChange={(event) => setGiven({ ...given, name: event.target.value })}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        {t("add")}
      </Button>
    </form>
  );
}
