"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState, useId } from "react";
import { makePasskey } from "@/components/account/ask-passkey";
import { useProof } from "@/components/account/prove-dialog";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { PasskeyView } from "@/lib/services/factor/list-factors";
import { addPasskeyAction, renamePasskeyAction, startPasskeyAction } from "./actions";

interface AddPasskeyDialogProps {
  onClose: () => void;
  onDone: (recoveryCodes: string[] | null) => void;
}

/** Asks for a name, then lets the browser make the passkey. */
export function AddPasskeyDialog({ onClose, onDone }: AddPasskeyDialogProps) {
  const t = useTranslations("account.passkeys");
  const proved = useProof();

  async function add(name: string): Promise<UserMessage | null> {
    const question = await proved(() => startPasskeyAction(undefined));
    if (!question.ok) return question.error.message;
    const { options, ticket } = question.value;
    const made = await makePasskey(options);
    if (!made.ok) return made.message;
    const result = await callAction(() =>
      addPasskeyAction({ name, response: made.response, ticket }),
    );
    if (!result.ok) return Object.values(result.error.fields)[0] ?? result.error.message;
    onDone(result.value.recoveryCodes);
    return null;
  }

  return (
    <NameDialog
      title={t("addTitle")}
      text={t("addText")}
      initial=""
      verb={t("go")}
      save={add}
      onClose={onClose}
    />
  );
}

interface RenamePasskeyDialogProps {
  passkey: PasskeyView;
  onClose: () => void;
}

export function RenamePasskeyDialog({ passkey, onClose }: RenamePasskeyDialogProps) {
  const t = useTranslations("account.passkeys");
  const router = useRouter();

  async function rename(name: string): Promise<UserMessage | null> {
    const result = await callAction(() => renamePasskeyAction({ id: passkey.id, name }));
    if (!result.ok) return result.error.fields.name ?? result.error.message;
    onClose();
    router.refresh();
    return null;
  }

  return (
    <NameDialog
      title={t("renameOf", { name: passkey.name })}
      initial={passkey.name}
      verb={t("rename")}
      save={rename}
      onClose={onClose}
    />
  );
}

interface NameDialogProps {
  title: string;
  text?: string;
  initial: string;
  verb: string;
  /** What went wrong, or null. */
  save: (name: string) => Promise<UserMessage | null>;
  onClose: () => void;
}

function NameDialog({ title, text, initial, verb, save, onClose }: NameDialogProps) {
  const t = useTranslations("account.passkeys");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const form = useId();
  const [attempt, submit, busy] = useActionState(
    async (_before: { name: string; error: UserMessage | null }, given: FormData) => {
      const name = String(given.get("name"));
      return { name, error: await save(name) };
    },
    { name: initial, error: null },
  );
  const { name, error } = attempt;
  const ofField = /^field\.name\./.test(error?.key ?? "");
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {verb}
          </Button>
        </>
      }
    >
      {error && !ofField && <Callout tone="bad" role="alert" title={errorText(error)} />}
      <form id={form} action={submit}>
        <Field
          label={t("name")}
          hint={t("nameHint")}
          error={error && ofField ? errorText(error) : null}
        >
          {(control) => (
            <Input
              {...control}
              // A finished action empties the form: what was typed stays.
              key={name}
              name="name"
              required
              maxLength={60}
              autoComplete="off"
              autoFocus
              defaultValue={name}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
