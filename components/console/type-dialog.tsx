"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { maxTextBytes, planText } from "@/lib/model/keyboard/plan-text";
import { keepLayout, readKeptLayout } from "./kept-layout";
import { LayoutChoice } from "./layout-choice";
import { TypingPreview } from "./typing-preview";
import { TypingStatus } from "./typing-status";
import { useTyping } from "./use-typing";
import type { Viewer } from "./viewer";

interface TypeDialogProps {
  vmId: string;
  viewer: RefObject<Viewer | null>;
  /** Why nothing can be typed now. */
  disabledReason: string | null;
  onClose: () => void;
}

/**
 * Types a text on the guest's keyboard. Nothing of it leaves the browser but as key events, and
 * nothing of it is kept.
 */
export function TypeDialog({ vmId, viewer, disabledReason, onClose }: TypeDialogProps) {
  const t = useTranslations("console.type");
  const tCommon = useTranslations("common");
  const [text, setText] = useState("");
  const [secret, setSecret] = useState(false);
  const [enter, setEnter] = useState(false);
  const [keyboard, setKeyboard] = useState(() => readKeptLayout(vmId));
  const { state, start, cancel } = useTyping(viewer, disabledReason === null);

  const plan = planText(enter && text !== "" ? `${text}\n` : text, keyboard);
  const typing = state.phase === "typing";
  // The rest of a password is another password.
  const whole = plan.ok && plan.untypable.length === 0;
  const ready = plan.ok && plan.keys.length > 0 && (whole || !secret) && disabledReason === null;

  function send() {
    if (!plan.ok || !ready || typing) return;
    start(plan.keys);
    // What is not shown is not left in the field either.
    if (secret) setText("");
  }

  return (
    <Dialog
      open
      onClose={typing ? cancel : onClose}
      title={t("title")}
      description={t("explain")}
      footer={
        <>
          <Button onClick={typing ? cancel : onClose}>
            {typing ? t("cancel") : tCommon("close")}
          </Button>
          <Button variant="primary" busy={typing} disabled={!ready && !typing} onClick={send}>
            {plan.ok && plan.untypable.length > 0 && !secret ? t("sendRest") : t("send")}
          </Button>
        </>
      }
    >
      <LayoutChoice
        value={keyboard}
        disabled={typing}
        onChange={(changed) => {
          setKeyboard(changed);
          keepLayout(vmId, changed);
        }}
      />
      <Field
        label={secret ? t("secretText") : t("text")}
        error={plan.ok ? null : t("tooLong", { bytes: plan.bytes, most: maxTextBytes })}
      >
        {(control) =>
          secret ? (
            <Input
              {...control}
              type="password"
              autoComplete="off"
              readOnly={typing}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter") send();
              }}
            />
          ) : (
            <textarea
              {...control}
              data-autofocus
              rows={5}
              readOnly={typing}
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="w-full rounded-md border border-line-strong bg-surface px-3 py-2 font-mono text-13"
            />
          )
        }
      </Field>
      {plan.ok && <TypingPreview plan={plan} secret={secret} />}
      <div className="flex flex-col gap-2">
        <Checkbox
          label={t("secret")}
          hint={t("secretHint")}
          checked={secret}
          disabled={typing}
          onChange={(event) => {
            // A field of one line would silently join what had more.
            setText("");
            setSecret(event.target.checked);
          }}
        />
        <Checkbox
          label={t("enter")}
          checked={enter}
          disabled={typing}
          onChange={(event) => setEnter(event.target.checked)}
        />
      </div>
      {disabledReason !== null && <Callout tone="warn">{disabledReason}</Callout>}
      <TypingStatus state={state} />
    </Dialog>
  );
}
