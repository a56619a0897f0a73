"use client";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { useTranslations } from "next-intl";
import { useActionState, useEffect, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { Proof, ProofWays } from "@/lib/model/proof";
import type { ActionResult } from "@/lib/model/result";
import { askPasskey } from "./ask-passkey";
import { CodeField } from "./code-field";

type Ways = ProofWays<PublicKeyCredentialRequestOptionsJSON>;

/** The server's part of the question; a component cannot import actions. */
export interface ProofActions {
  ways: (input: undefined) => Promise<ActionResult<Ways>>;
  confirm: (proof: Proof) => Promise<ActionResult<void>>;
}

interface ProveQuestionProps {
  actions: ProofActions;
  /** Told once: proved, or given up. */
  answer: (proved: boolean) => void;
}

/** Asks who sits there, by whatever the person has. */
export default function ProveQuestion({ actions, answer }: ProveQuestionProps) {
  const t = useTranslations("account.prove");
  const common = useTranslations("common");
  const auth = useTranslations("auth");
  const errorText = useErrorText();
  const form = useId();
  const [ways, setWays] = useState<Ways | null>(null);
  const [unreachable, setUnreachable] = useState<UserMessage | null>(null);
  const [byPassword, setByPassword] = useState(false);

  useEffect(() => {
    let gone = false;
    void callAction(() => actions.ways(undefined)).then((result) => {
      if (gone) return;
      if (result.ok) setWays(result.value);
      else setUnreachable(result.error.message);
    });
    return () => {
      gone = true;
    };
  }, [actions]);

  const [error, submit, busy] = useActionState(
    async (_before: UserMessage | null, given: FormData | "passkey") =>
      given === "passkey" ? provePasskey() : prove(typed(given)),
    null,
  );

  const typesCode = ways?.totp === true && !byPassword;
  const typesPassword = ways?.password === true && !typesCode;
  const types = typesCode || typesPassword;

  function typed(given: FormData): Proof {
    return typesCode
      ? { by: "totp", code: String(given.get("code")) }
      : { by: "password", password: String(given.get("password")) };
  }

  async function prove(proof: Proof): Promise<UserMessage | null> {
    const result = await callAction(() => actions.confirm(proof));
    if (!result.ok) return Object.values(result.error.fields)[0] ?? result.error.message;
    answer(true);
    return null;
  }

  async function provePasskey(): Promise<UserMessage | null> {
    // Asked for anew: a challenge is good for one answer, and for minutes only.
    const fresh = await callAction(() => actions.ways(undefined));
    if (!fresh.ok) return fresh.error.message;
    const { passkey } = fresh.value;
    if (passkey === null) return { key: "auth.passkey" };
    const asked = await askPasskey(passkey.options);
    if (!asked.ok) return asked.message;
    return prove({ by: "passkey", response: asked.response, ticket: passkey.ticket });
  }

  return (
    <Dialog
      open
      onClose={() => answer(false)}
      title={t("title")}
      description={t("body")}
      footer={
        <>
          <Button onClick={() => answer(false)}>{common("cancel")}</Button>
          {types && (
            <Button type="submit" form={form} variant="primary" busy={busy}>
              {t("confirm")}
            </Button>
          )}
        </>
      }
    >
      {unreachable && <Callout tone="bad" role="alert" title={errorText(unreachable)} />}
      {ways && !types && ways.passkey === null && <p>{t("none")}</p>}
      {error && !types && <Callout tone="bad" role="alert" title={errorText(error)} />}
      {ways?.passkey && (
        <form action={() => submit("passkey")}>
          <Button type="submit" variant={types ? undefined : "primary"} busy={busy}>
            {auth("passkey.use")}
          </Button>
        </form>
      )}
      {types && (
        <form id={form} action={submit}>
          {typesCode ? (
            <CodeField error={error && errorText(error)} />
          ) : (
            <Field label={auth("password.label")} error={error && errorText(error)}>
              {(control) => (
                <Input
                  {...control}
                  name="password"
                  type="password"
                  required
                  maxLength={1000}
                  autoComplete="current-password"
                  autoFocus
                />
              )}
            </Field>
          )}
        </form>
      )}
      {ways?.totp && ways.password && (
        <Button
          variant="ghost"
          size="sm"
          className="self-start"
          onClick={() => setByPassword(!byPassword)}
        >
          {byPassword ? t("byCode") : t("byPassword")}
        </Button>
      )}
    </Dialog>
  );
}
