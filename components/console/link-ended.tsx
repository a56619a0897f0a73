import { Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";

/** Where a link leads that holds no more, was used up, or never was one. */
export function LinkEnded() {
  const t = useTranslations("console.share");
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <h1 className="sr-only">{t("pageTitle")}</h1>
      <EmptyState icon={<Unplug aria-hidden="true" />} title={t("endedTitle")}>
        {t("endedBody")}
      </EmptyState>
    </main>
  );
}
