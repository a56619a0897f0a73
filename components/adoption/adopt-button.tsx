"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ReasonButton } from "@/components/ui/reason-button";
import type { UnmanagedVmView } from "@/lib/model/host";
import type { AdoptionTools } from "./types";

const AdoptDialog = dynamic(
  () => import("./adopt-dialog").then((module) => module.AdoptDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

/** Opens the dialog that makes a machine a project's. */
export function AdoptButton({ vm, tools }: { vm: UnmanagedVmView; tools: AdoptionTools }) {
  const t = useTranslations("adoption");
  const [open, setOpen] = useState(false);
  const without = tools.projects.length === 0 ? t("noProject") : null;
  return (
    <>
      <ReasonButton
        size="sm"
        aria-label={t("openOf", { name: vm.domainName })}
        disabledReason={tools.forbidden ?? without}
        align="end"
        onClick={() => setOpen(true)}
      >
        {t("open")}
      </ReasonButton>
      {open && <AdoptDialog vm={vm} tools={tools} onClose={() => setOpen(false)} />}
    </>
  );
}
