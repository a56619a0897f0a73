import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { OvercommitReport } from "@/lib/model/overcommit";
import type { QuotaResource } from "@/lib/model/quota";
import { formatAmount } from "./format-amount";

const resources = ["vcpus", "memoryMib", "diskGib"] as const satisfies readonly QuotaResource[];
type Shown = (typeof resources)[number];

/** Given away more often than this, a host gets slow (vCPU) or breaks its word (the rest). */
const bearable: Record<Shown, number> = { vcpus: 4, memoryMib: 1, diskGib: 1 };

/** How often each host is given away: by what runs, by what is defined, by what is promised. */
export function Overcommit({ report }: { report: OvercommitReport }) {
  const t = useTranslations("quota.overcommit");
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="flex flex-col gap-5">
        {report.hosts.map((host) => (
          <section key={host.hostId} className="flex flex-col gap-2">
            <h3 className="font-medium text-13">{host.name}</h3>
            <Table aria-label={host.name}>
              <thead>
                <tr>
                  <Th>{t("resource")}</Th>
                  <Th>{t("physical")}</Th>
                  <Th>{t("running")}</Th>
                  <Th>{t("defined")}</Th>
                </tr>
              </thead>
              <tbody>
                {resources.map((resource) => (
                  <HostRow key={resource} resource={resource} figures={host[resource]} />
                ))}
              </tbody>
            </Table>
          </section>
        ))}
        <Promised report={report} />
      </div>
    </Card>
  );
}

interface HostRowProps {
  resource: Shown;
  figures: OvercommitReport["hosts"][number][Shown];
}

function HostRow({ resource, figures }: HostRowProps) {
  const t = useTranslations("quota");
  const locale = useLocale();
  const { physical, running, defined } = figures;
  return (
    <Tr>
      <Td>{t(`resource.${resource}`)}</Td>
      <Td className="whitespace-nowrap">{formatAmount(resource, physical, locale)}</Td>
      <Td className="whitespace-nowrap">
        <Share resource={resource} amount={running} physical={physical} />
      </Td>
      <Td className="whitespace-nowrap">
        <Share resource={resource} amount={defined} physical={physical} />
      </Td>
    </Tr>
  );
}

function Promised({ report }: { report: OvercommitReport }) {
  const t = useTranslations("quota");
  const { hosts, promised } = report;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium text-13">{t("overcommit.promised")}</h3>
      <p className="text-13 text-muted">
        {t("overcommit.promisedHint", { count: promised.projects })}
      </p>
      <dl className="grid gap-x-8 gap-y-2 text-13 sm:grid-cols-3">
        {resources.map((resource) => (
          <div key={resource}>
            <dt className="text-muted">{t(`resource.${resource}`)}</dt>
            <dd>
              <Share
                resource={resource}
                amount={promised[resource]}
                physical={hosts.reduce((sum, host) => sum + host[resource].physical, 0)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface ShareProps {
  resource: Shown;
  amount: number;
  physical: number;
}

/** The amount, and how often the host would have to be there for it. */
function Share({ resource, amount, physical }: ShareProps) {
  const t = useTranslations("quota.overcommit");
  const format = useFormatter();
  const locale = useLocale();
  const times = physical > 0 ? amount / physical : 0;
  const much = times > bearable[resource];
  return (
    <>
      {formatAmount(resource, amount, locale)}{" "}
      <Badge tone={much ? "warn" : "neutral"}>
        {t("times", { times: format.number(times, { maximumFractionDigits: 2 }) })}
        {much && <span className="sr-only">{t("much")}</span>}
      </Badge>
    </>
  );
}
