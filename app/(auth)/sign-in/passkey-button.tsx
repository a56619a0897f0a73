"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import { askPasskeyAction, passkeySignInAction } from "../actions";
import { reachable } from "../reachable";

/** Signs in without a name or password: the passkey knows whose it is. */
export function PasskeyButton({ callbackUrl }: { callbackUrl: string }) {
  const t = useTranslations("auth.passkey");
  const errorText = useErrorText();
  const [error, submit, busy] = useActionState(signIn, null);

  async function signIn(): Promise<UserMessage | null> {
    const question = await reachable(() => askPasskeyAction(undefined));
    if (!question.ok) return question.error.message;
    if (question.value === null) return { key: "auth.passkey_origin" };
    // Most people here type a password: the rest is loaded when it is wanted.
    const { askPasskey } = await import("@/components/account/ask-passkey");
    const asked = await askPasskey(question.value);
    if (!asked.ok) return asked.message;
    const { response } = asked;
    const result = await reachable(() => passkeySignInAction({ response, callbackUrl }));
    return result.ok ? null : result.error.message;
  }

  return (
    <form action={submit} className="mt-3 flex flex-col gap-3">
      {error && <Callout tone="bad" role="alert" title={errorText(error)} />}
      <Button type="submit" busy={busy} icon={<KeyRound aria-hidden="true" />} className="h-10">
        {t("use")}
      </Button>
    </form>
  );
}
