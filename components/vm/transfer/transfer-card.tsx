"use client";

import { FolderOutput } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { VmDetail } from "@/lib/model/vm";
import { useVmDetail } from "../use-vm-detail";
import type { TransferTools } from "./types";

const TransferDialog = dynamic(
  () => import("./transfer-dialog").then((module) => module.TransferDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

const unfit = ["creating", "deleting", "missing", "unknown", "saved"] as const;

/** Gives the VM to another project. */
export function TransferCard({ detail, tools }: { detail: VmDetail; tools: TransferTools }) {
  const t = useTranslations("vm");
  const vm = useVmDetail(detail);
  const [open, setOpen] = useState(false);
  const errorText = useErrorText();
  const state = unfit.find((each) => each === vm.state);
  const [template] = detail.links.templates;
  const linked = template && { key: "template.on_top", values: { name: template.name } };
  return (
    <Card title={t("transfer.title")}>
      <p className="mb-3 text-13 text-muted">{t("transfer.hint")}</p>
      <ReasonButton
        size="sm"
        icon={<FolderOutput aria-hidden="true" />}
        disabledReason={
          tools.forbidden ?? (state ? t(`power.why.${state}`) : linked ? errorText(linked) : null)
        }
        onClick={() => setOpen(true)}
      >
        {t("transfer.open")}
      </ReasonButton>
      {open && <TransferDialog vm={vm} tools={tools} onClose={() => setOpen(false)} />}
    </Card>
  );
}
