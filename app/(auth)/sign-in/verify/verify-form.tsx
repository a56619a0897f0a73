"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { askPasskey } from "@/components/account/ask-passkey";
import { CodeField } from "@/components/account/code-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { SecondFactor } from "@/lib/model/proof";
import { askSecondPasskeyAction, finishSignInAction } from "../../actions";
import { reachable } from "../../reachable";

type Way = "totp" | "passkey" | "recovery";

/** What went wrong, and by which way: another way starts clean. */
interface Failure {
  way: Way;
  message: UserMessage | null;
}

interface VerifyFormProps {
  totp: boolean;
  passkey: boolean;
  callbackUrl: string;
}

/** Asks for one of the person's second factors; a recovery code stands in for all of them. */
export function VerifyForm({ totp, passkey, callbackUrl }: VerifyFormProps) {
  const t = useTranslations("auth.verify");
  const auth = useTranslations("auth");
  const errorText = useErrorText();
  const ways: Way[] = [
    ...(totp ? ["totp" as const] : []),
    ...(passkey ? ["passkey" as const] : []),
  ];
  const [way, setWay] = useState<Way>(passkey ? "passkey" : totp ? "totp" : "recovery");
  const [failure, submit, busy] = useActionState(
    async (_before: Failure, given: FormData): Promise<Failure> => {
      const message =
        way === "passkey"
          ? await byPasskey()
          : await finish({ by: way, code: String(given.get("code")) });
      return { way, message };
    },
    { way, message: null },
  );

  async function finish(factor: SecondFactor): Promise<UserMessage | null> {
    const result = await reachable(() => finishSignInAction({ factor, callbackUrl }));
    if (result.ok) return null;
    return Object.values(result.error.fields)[0] ?? result.error.message;
  }

  async function byPasskey(): Promise<UserMessage | null> {
    const question = await reachable(() => askSecondPasskeyAction(undefined));
    if (!question.ok) return question.error.message;
    const asked = await askPasskey(question.value);
    return asked.ok ? finish({ by: "passkey", response: asked.response }) : asked.message;
  }

  const message = failure.way === way ? failure.message : null;
  const text = message && errorText(message);
  const ofField = message?.key.startsWith("field.") && way !== "passkey";
  return (
    <div className="flex flex-col gap-4">
      {text !== null && !ofField && <Callout tone="bad" role="alert" title={text} />}
      <form key={way} action={submit} className="flex flex-col gap-4">
        {way === "totp" && <CodeField error={ofField ? text : null} />}
        {way === "recovery" && (
          <Field label={t("recovery")} hint={t("recoveryHint")} error={ofField ? text : null}>
            {(control) => (
              <Input
                {...control}
                name="code"
                required
                maxLength={80}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                autoFocus
                className="font-mono"
              />
            )}
          </Field>
        )}
        <Button type="submit" variant="primary" busy={busy} className="mt-1 h-10">
          {way === "passkey" ? auth("passkey.use") : auth("signIn.submit")}
        </Button>
      </form>
      <div className="flex flex-wrap gap-2">
        {[...ways, "recovery" as const]
          .filter((each) => each !== way)
          .map((each) => (
            <Button key={each} variant="ghost" size="sm" onClick={() => setWay(each)}>
              {t(`by.${each}`)}
            </Button>
          ))}
      </div>
    </div>
  );
}
