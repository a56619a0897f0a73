"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";

/** Shows recovery codes this once, to be kept elsewhere. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const t = useTranslations("account.recovery");
  const text = codes.join("\n");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("shownTitle")}
      description={t("shownBody")}
      footer={
        <>
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${t("file")}\n\n${text}\n`)}`}
            download="portico-recovery-codes.txt"
            className={buttonClass({})}
          >
            <Download aria-hidden="true" />
            {t("download")}
          </a>
          <Button variant="primary" onClick={onClose}>
            {t("kept")}
          </Button>
        </>
      }
    >
      <div className="flex items-start gap-2 rounded-md border border-line bg-raised px-4 py-3">
        <ul className="grid flex-1 gap-y-1 font-mono text-13">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <CopyButton text={text} label={t("copyAll")} />
      </div>
    </Dialog>
  );
}
