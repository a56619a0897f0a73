"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";

interface ResetLinkDialogProps {
  name: string;
  link: string;
  onClose: () => void;
}

/** The link, this once: it is stored as a hash. */
export function ResetLinkDialog({ name, link, onClose }: ResetLinkDialogProps) {
  const t = useTranslations("user.admin.access");
  const common = useTranslations("common");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("linkTitle", { name })}
      description={t("linkBody")}
      footer={<Button onClick={onClose}>{common("close")}</Button>}
    >
      <p className="flex items-start gap-2 rounded-md border border-line bg-raised px-3 py-2">
        <code className="min-w-0 break-all text-13">{link}</code>
        <CopyButton text={link} label={t("linkCopy")} />
      </p>
    </Dialog>
  );
}
