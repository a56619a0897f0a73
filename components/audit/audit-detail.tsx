import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import type { AuditView } from "@/lib/model/audit";
import { Fact } from "./fact";
import { factLines } from "./fact-lines";

interface AuditDetailProps {
  row: AuditView;
  /** The page's address with another filter. */
  link: (filter: Record<string, string>) => string;
}

/** Everything that a row says beyond its line in the table. */
export function AuditDetail({ row, link }: AuditDetailProps) {
  const t = useTranslations("audit");
  const facts = factLines(row.detail);
  const compared = facts.some((each) => each.before !== undefined);
  return (
    <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] content-start gap-x-4 gap-y-1">
        <Line name={t("place")}>{row.seq}</Line>
        <Line name={t("utc")}>{row.at}</Line>
        <Line name={t("request")}>
          <Only href={link({ requestId: row.requestId })} label={t("onlyRequest")}>
            {row.requestId}
          </Only>
        </Line>
        {row.actor.id !== null && (
          <Line name={t("person")}>
            <Only href={link({ actorId: row.actor.id })} label={t("onlyPerson")}>
              {row.actor.id}
            </Only>
          </Line>
        )}
        {row.actor.token !== null && (
          <Line name={t("token")}>{row.actor.token.name ?? row.actor.token.id}</Line>
        )}
        {row.target?.id != null && (
          <Line name={t("object")}>
            <Only href={link({ targetId: row.target.id })} label={t("onlyObject")}>
              {t.has(`targets.${row.target.type}`)
                ? t(`targets.${row.target.type}`)
                : row.target.type}{" "}
              {row.target.id}
            </Only>
          </Line>
        )}
        <Line name={t("hash")}>{row.hash}</Line>
      </dl>
      {facts.length > 0 && (
        <table className="w-full self-start text-left">
          <thead>
            <tr className="text-muted text-xs">
              <th scope="col" className="pr-4 pb-1 font-medium">
                {t("fact")}
              </th>
              {compared && (
                <th scope="col" className="pr-4 pb-1 font-medium">
                  {t("facts.before")}
                </th>
              )}
              <th scope="col" className="pb-1 font-medium">
                {compared ? t("after") : t("facts.value")}
              </th>
            </tr>
          </thead>
          <tbody>
            {facts.map(({ name, value, before }) => (
              <tr key={name} className="align-top">
                <th scope="row" className="whitespace-nowrap py-0.5 pr-4 font-normal text-muted">
                  {t.has(`facts.${name}`) ? t(`facts.${name}`) : name}
                </th>
                {compared && (
                  <td className="py-0.5 pr-4">
                    {before !== undefined && <Fact name={name} value={before} />}
                  </td>
                )}
                <td className="py-0.5">
                  <Fact name={name} value={value} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="break-all">{children}</dd>
    </>
  );
}

/** An id, and the way to all rows that have it. */
function Only({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  return (
    <>
      {children}{" "}
      <Link href={href} className="whitespace-nowrap text-accent-text underline">
        {label}
      </Link>
    </>
  );
}
