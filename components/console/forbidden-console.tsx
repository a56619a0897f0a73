import { SquareTerminal } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";

/** In the place of a console, for whoever may not use it. */
export function ForbiddenConsole({ reason }: { reason: string }) {
  const t = useTranslations("console.ended.title");
  return (
    <div className="p-4 md:p-6">
      <EmptyState icon={<SquareTerminal aria-hidden="true" />} title={t("forbidden")}>
        {reason}
      </EmptyState>
    </div>
  );
}
