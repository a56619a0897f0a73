"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/ui/use-error-text";
import { type DefinitionPlan, refusalMessage } from "@/lib/model/definition";
import { ChangeList } from "./change-list";

const DiffView = lazy(() => import("./diff-view"));

/** All that a definition would do, before it is done. */
export function PlanView({ plan }: { plan: DefinitionPlan }) {
  const t = useTranslations("definition");
  const errorText = useErrorText();
  if (!plan.changed) return <Callout role="status">{t("nothing")}</Callout>;
  return (
    <div role="status" className="flex flex-col gap-3">
      {plan.refusals.length > 0 && (
        <Callout tone="bad" title={t("impossible")}>
          <ul className="list-disc pl-4">
            {plan.refusals.map((refusal) => (
              <li key={`${refusal.key} ${refusal.values.path ?? ""}`}>
                {errorText(refusalMessage(refusal))}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {plan.needsProof && (
        <Callout tone="warn" title={t("unusual")}>
          <p>{t("unusualHint")}</p>
          <ul className="list-disc pl-4 font-mono text-xs">
            {plan.unusual.map(({ kind, path }) => (
              <li key={`${kind} ${path}`}>{path}</li>
            ))}
          </ul>
        </Callout>
      )}
      <h3 className="font-medium text-13">{t("plan")}</h3>
      <ChangeList changes={plan.changes} />
      <QuotaPreview lines={plan.quota} />
      <Suspense fallback={<Skeleton className="h-40" />}>
        <DiffView
          before={{ label: t("isNow"), text: plan.before }}
          after={{ label: t("becomes"), text: plan.after }}
        />
      </Suspense>
    </div>
  );
}
