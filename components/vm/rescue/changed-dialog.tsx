"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ChangedInRescue } from "@/lib/model/rescue";

interface ChangedDialogProps {
  name: string;
  busy: boolean;
  end: (changed: ChangedInRescue) => void;
  onClose: () => void;
}

/** What is to become of a definition that was changed during its VM's rescue. */
export function ChangedDialog({ name, busy, end, onClose }: ChangedDialogProps) {
  const t = useTranslations("vm.rescue");
  const cancel = useTranslations("common")("cancel");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("askTitle")}
      description={t("ask", { name })}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            {cancel}
          </Button>
          <Button variant="danger" busy={busy} onClick={() => end("restore")}>
            {t("restore")}
          </Button>
          <Button variant="primary" busy={busy} onClick={() => end("keep")}>
            {t("keep")}
          </Button>
        </>
      }
    >
      <ul className="list-disc pl-5 text-13">
        <li>
          {t("keep")}: {t("keepHint")}
        </li>
        <li>
          {t("restore")}: {t("restoreHint")}
        </li>
      </ul>
    </Dialog>
  );
}
