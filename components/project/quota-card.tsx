import { useLocale, useTranslations } from "next-intl";
import { formatAmount } from "@/components/quota/format-amount";
import { QuotaBar } from "@/components/quota/quota-bar";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { Quota, QuotaResource } from "@/lib/model/quota";

const shown = ["vms", "vcpus", "memoryMib", "diskGib"] as const satisfies readonly QuotaResource[];

/** How much of its limits the project uses, at a glance; all of it is on the quota page. */
export function QuotaCard({ quota, href }: { quota: Quota; href: string }) {
  const t = useTranslations("quota");
  const home = useTranslations("project.home");
  const locale = useLocale();
  return (
    <Card
      title={t("title")}
      aside={
        <Link href={href} className="font-medium text-13 text-accent-text underline">
          {home("allLimits")}
        </Link>
      }
    >
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
        {shown.map((resource) => {
          const limit = quota.limits[resource];
          const used = quota.used[resource];
          return (
            <div key={resource} className="flex flex-col gap-1 text-13">
              <dt className="text-muted">{t(`resource.${resource}`)}</dt>
              <dd className="flex flex-col gap-1">
                <span>
                  <span className="font-semibold">{formatAmount(resource, used, locale)}</span>{" "}
                  {t("ofLimit", { limit: formatAmount(resource, limit, locale) })}
                </span>
                <QuotaBar
                  limit={limit}
                  used={used}
                  reserved={quota.reserved[resource]}
                  over={used > limit}
                />
              </dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}
