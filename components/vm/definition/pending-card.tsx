"use client";

import { useTranslations } from "next-intl";
import { useChange } from "@/components/project/use-change";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import type { DefinitionView } from "@/lib/model/definition";
import { ChangeList } from "./change-list";
import type { DefinitionActions } from "./types";

interface PendingCardProps {
  vmId: string;
  view: DefinitionView;
  forbidden: string | null;
  revert: DefinitionActions["revert"];
}

/** What the next boot has otherwise, and the way back. */
export function PendingCard({ vmId, view, forbidden, revert }: PendingCardProps) {
  const t = useTranslations("definition");
  const { busy, run } = useChange();
  if (view.pending.length === 0) return null;
  return (
    <Card title={t("pending")} description={t("pendingHint")}>
      <div className="flex flex-col items-start gap-3">
        <ChangeList changes={view.pending} />
        <ReasonButton
          busy={busy}
          disabledReason={forbidden}
          onClick={() => void run(() => revert({ vmId }), t("reverted"))}
        >
          {t("revert")}
        </ReasonButton>
      </div>
    </Card>
  );
}
