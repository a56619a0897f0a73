"use client";

import { Copy } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import type { VmView } from "@/lib/model/vm";
import { isOff } from "@/lib/model/vm-state";
import type { CloneTools } from "./types";

const CloneDialog = dynamic(
  () => import("./clone-dialog").then((module) => module.CloneDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

/** A second VM like this one. */
export function CloneCard({ vm, tools }: { vm: VmView; tools: CloneTools }) {
  const t = useTranslations("vm.clone");
  const [open, setOpen] = useState(false);
  return (
    <Card title={t("card")}>
      <p className="mb-3 text-13 text-muted">{t(vm.template ? "cardHintTemplate" : "cardHint")}</p>
      <ReasonButton
        size="sm"
        icon={<Copy aria-hidden="true" />}
        disabledReason={tools.forbidden ?? (isOff(vm.state) ? null : t("notOff"))}
        onClick={() => setOpen(true)}
      >
        {t("open")}
      </ReasonButton>
      {open && <CloneDialog vm={vm} tools={tools} onClose={() => setOpen(false)} />}
    </Card>
  );
}
