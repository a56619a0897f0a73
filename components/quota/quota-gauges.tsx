import { useLocale, useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { Quota, QuotaResource } from "@/lib/model/quota";
import { formatAmount } from "./format-amount";
import { QuotaBar } from "./quota-bar";

/** What a tenant can use up today; the rest has limits that nothing can reach yet. */
const shown = [
  "vms",
  "vcpus",
  "memoryMib",
  "diskGib",
  "images",
  "imageGib",
] as const satisfies readonly QuotaResource[];

/** A gauge for each limit: used, held by running tasks, and what is left. */
export function QuotaGauges({ quota }: { quota: Quota }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {shown.map((resource) => (
        <Gauge key={resource} quota={quota} resource={resource} />
      ))}
    </div>
  );
}

function Gauge({ quota, resource }: { quota: Quota; resource: (typeof shown)[number] }) {
  const t = useTranslations("quota");
  const locale = useLocale();
  const limit = quota.limits[resource];
  const used = quota.used[resource];
  const reserved = quota.reserved[resource];
  const amount = (figure: number) => formatAmount(resource, figure, locale);
  const [tone, word] = stateOf(used, limit);
  return (
    <Card
      title={t(`resource.${resource}`)}
      aside={word && <Badge tone={tone}>{t(`state.${word}`)}</Badge>}
    >
      <p className="mb-2">
        <span className="font-semibold text-lg">{amount(used)}</span>{" "}
        <span className="text-muted">{t("ofLimit", { limit: amount(limit) })}</span>
      </p>
      <QuotaBar limit={limit} used={used} reserved={reserved} over={used > limit} />
      <p className="mt-2 text-13 text-muted">
        {used > limit
          ? t("overBy", { amount: amount(used - limit) })
          : t("left", { amount: amount(limit - used) })}
        {reserved > 0 && <> · {t("reserved", { amount: amount(reserved) })}</>}
      </p>
      <p className="mt-1 text-13 text-muted">{t(`counts.${resource}`)}</p>
    </Card>
  );
}

function stateOf(used: number, limit: number): [Tone, "over" | "full" | "near" | null] {
  if (used > limit) return ["bad", "over"];
  if (used === limit) return ["warn", "full"];
  return used >= 0.8 * limit ? ["warn", "near"] : ["neutral", null];
}
