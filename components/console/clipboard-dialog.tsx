"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";

interface ClipboardDialogProps {
  /** What the guest last copied. */
  fromGuest: string;
  disabledReason: string | null;
  onSend: (text: string) => void;
  onClose: () => void;
}

/** Carries text to and from the clipboard of a guest that has an agent for it. */
export function ClipboardDialog(props: ClipboardDialogProps) {
  const { fromGuest, disabledReason, onSend, onClose } = props;
  const t = useTranslations("console.clipboard");
  const tCommon = useTranslations("common");
  const [text, setText] = useState("");
  const [notice, setNotice] = useState<string | null>(null);
  const id = useId();

  async function takeOwn() {
    try {
      setText(await navigator.clipboard.readText());
      setNotice(null);
    } catch {
      // Refused by the person or missing on plain http; both are told the same way.
      setNotice(t("pasteDenied"));
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      description={t("explain")}
      footer={
        <>
          <Button onClick={takeOwn}>{t("paste")}</Button>
          <Button
            variant="primary"
            disabled={text === "" || disabledReason !== null}
            onClick={() => {
              onSend(text);
              setNotice(t("sent"));
            }}
          >
            {t("send")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="font-medium text-13">
          {t("text")}
        </label>
        <textarea
          id={id}
          rows={4}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="w-full rounded-md border border-line-strong bg-surface px-3 py-2 font-mono text-13"
        />
        <p role="status" className="min-h-5 text-13 text-muted">
          {disabledReason ?? notice}
        </p>
      </div>
      <div className="flex flex-col gap-1">
        <div className="flex items-center justify-between">
          <span className="font-medium text-13">{t("fromGuest")}</span>
          {fromGuest !== "" && <CopyButton text={fromGuest} label={tCommon("copy")} />}
        </div>
        <p className="max-h-32 overflow-auto whitespace-pre-wrap rounded-md border border-line bg-raised px-3 py-2 font-mono text-13">
          {fromGuest || <span className="font-sans text-muted">{t("fromGuestEmpty")}</span>}
        </p>
      </div>
    </Dialog>
  );
}
