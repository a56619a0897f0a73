"use client";

import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { formatKib } from "@/components/ui/format";
import type { DefinitionChange, DefinitionFact } from "@/lib/model/definition";

/** Changes in words: which part, what becomes of it, when, and each figure before and after. */
export function ChangeList({ changes }: { changes: readonly DefinitionChange[] }) {
  const t = useTranslations("definition");
  return (
    <ul className="flex flex-col gap-2.5">
      {changes.map((change) => (
        <li
          key={`${change.part} ${change.subject} ${change.kind}`}
          className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-13"
        >
          <span className="font-medium">
            {t(`part.${change.part}`)} {change.subject}
          </span>
          <span className="text-muted">{t(`kind.${change.kind}`)}</span>
          <Badge tone={change.when === "now" ? "ok" : "warn"}>{t(`when.${change.when}`)}</Badge>
          <ul className="w-full font-mono text-xs [overflow-wrap:anywhere]">
            {change.facts.map((fact) => (
              <li key={fact.path}>
                <FactLine fact={fact} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function FactLine({ fact }: { fact: DefinitionFact }) {
  const locale = useLocale();
  const t = useTranslations("definition");
  const show = (value: string | null) => {
    if (value === null) return t("none");
    return fact.unit === "KiB" ? formatKib(Number(value), locale) : value;
  };
  return (
    <>
      {fact.path !== "" && <span className="text-muted">{fact.path}: </span>}
      {t("fromTo", { from: show(fact.from), to: show(fact.to) })}
    </>
  );
}
