"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { type ClipboardSetting, ClipboardState } from "./clipboard-state";
import { bytesOf, clipboardLimitBytes } from "./sync";
import type { SharedClipboard } from "./use-clipboard-sync";

interface ClipboardDialogProps {
  setting: ClipboardSetting;
  shared: SharedClipboard;
  disabledReason: string | null;
  onSend: (text: string) => void;
  onClose: () => void;
}

/** Carries text to and from the clipboard of a guest that shares it. */
export function ClipboardDialog(props: ClipboardDialogProps) {
  const { setting, shared, disabledReason, onSend, onClose } = props;
  const t = useTranslations("console.clipboard");
  const tCommon = useTranslations("common");
  const [text, setText] = useState("");
  const [notice, setNotice] = useState<string | null>(null);
  const id = useId();
  const works = setting.view?.now === true;
  const tooLong = bytesOf(text) > clipboardLimitBytes;

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
        works ? (
          <>
            <Button onClick={takeOwn}>{t("paste")}</Button>
            <Button
              variant="primary"
              disabled={text === "" || tooLong || disabledReason !== null}
              onClick={() => {
                onSend(text);
                setNotice(t("sent"));
              }}
            >
              {t("send")}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{tCommon("close")}</Button>
        )
      }
    >
      <ClipboardState {...setting} />
      {works && (
        <>
          <Checkbox
            label={t("inStep")}
            hint={t("inStepHint")}
            checked={shared.inStep}
            onChange={(event) => shared.setInStep(event.target.checked)}
          />
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
              {disabledReason ??
                (tooLong ? t("tooLong", { most: clipboardLimitBytes / 1024 }) : notice)}
            </p>
          </div>
          <div className="flex flex-col gap-1">
            <div className="flex items-center justify-between">
              <span className="font-medium text-13">{t("fromGuest")}</span>
              {shared.fromGuest !== "" && (
                <CopyButton text={shared.fromGuest} label={tCommon("copy")} />
              )}
            </div>
            <p
              data-testid="from-guest"
              className="max-h-32 overflow-auto whitespace-pre-wrap rounded-md border border-line bg-raised px-3 py-2 font-mono text-13"
            >
              {shared.fromGuest || (
                <span className="font-sans text-muted">{t("fromGuestEmpty")}</span>
              )}
            </p>
          </div>
        </>
      )}
    </Dialog>
  );
}
