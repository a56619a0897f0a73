"use client";

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

/** The server's part of the question; a component cannot import actions. */
export interface ProofActions {
  ways: (input: undefined) => Promise<ActionResult<ProofWays>>;
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
  const [ways, setWays] = useState<ProofWays | null>(null);
  const [unreachable, setUnreachable] = useState<UserMessage | null>(null);

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
    async (_before: UserMessage | null, given: FormData): Promise<UserMessage | null> => {
      const password = String(given.get("password"));
      const result = await callAction(() => actions.confirm({ by: "password", password }));
      if (!result.ok) return result.error.fields.password ?? result.error.message;
      answer(true);
      return null;
    },
    null,
  );

  return (
    <Dialog
      open
      onClose={() => answer(false)}
      title={t("title")}
      description={t("body")}
      footer={
        <>
          <Button onClick={() => answer(false)}>{common("cancel")}</Button>
          {ways?.password && (
            <Button type="submit" form={form} variant="primary" busy={busy}>
              {t("confirm")}
            </Button>
          )}
        </>
      }
    >
      {unreachable && <Callout tone="bad" role="alert" title={errorText(unreachable)} />}
      {ways && !ways.password && <p>{t("none")}</p>}
      {ways?.password && (
        <form id={form} action={submit}>
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
        </form>
      )}
    </Dialog>
  );
}
