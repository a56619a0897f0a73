"use client";

import { Unlink } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ActionResult } from "@/lib/model/result";
import type { VmDetail } from "@/lib/model/vm";

interface ReleaseCardProps {
  vm: Pick<VmDetail, "id" | "name" | "domainName">;
  slug: string;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  release: (input: { vmId: string }) => Promise<ActionResult<void>>;
}

/** The way out of the portal: it forgets the VM, which stays on its host as it is. */
export function ReleaseCard({ vm, slug, forbidden, release }: ReleaseCardProps) {
  const t = useTranslations("adoption.release");
  const errorText = useErrorText();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);

  async function run() {
    setBusy(true);
    const result = await callAction(() => release({ vmId: vm.id }));
    setBusy(false);
    setOpen(false);
    if (!result.ok) {
      toast.bad(errorText(result.error.message));
      return;
    }
    toast.ok(t("done", { name: vm.name }));
    router.push(`/p/${slug}/vms`);
  }

  return (
    <Card title={t("title")}>
      <p className="mb-3 text-13 text-muted">{t("hint")}</p>
      <ReasonButton
        size="sm"
        icon={<Unlink aria-hidden="true" />}
        disabledReason={forbidden}
        onClick={() => setOpen(true)}
      >
        {t("open")}
      </ReasonButton>
      {open && (
        <ConfirmDialog
          title={t("ask", { name: vm.name })}
          body={t("plan", { domain: vm.domainName })}
          confirm={t("confirm")}
          busy={busy}
          onConfirm={run}
          onClose={() => setOpen(false)}
        />
      )}
    </Card>
  );
}
