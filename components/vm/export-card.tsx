"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import { withBase } from "@/lib/base-path";
import type { VmView } from "@/lib/model/vm";
import { isOff } from "@/lib/model/vm-state";

/** The whole VM as a file. */
export function ExportCard({ vm, forbidden }: { vm: VmView; forbidden: string | null }) {
  const t = useTranslations("vm.export");
  const against = forbidden ?? (isOff(vm.state) ? null : t("notOff"));
  const icon = <Download aria-hidden="true" />;
  return (
    <Card title={t("card")}>
      <p className="mb-3 text-13 text-muted">{t("cardHint")}</p>
      {against === null ? (
        // No `Link`: it would be fetched before anybody asks for the file.
        <a
          href={withBase(`/api/exports/vms/${vm.id}`)}
          download
          className={buttonClass({ variant: "secondary", size: "sm" })}
        >
          {icon}
          {t("open")}
        </a>
      ) : (
        <ReasonButton size="sm" icon={icon} disabledReason={against}>
          {t("open")}
        </ReasonButton>
      )}
    </Card>
  );
}
