import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { LocalTime } from "@/components/ui/local-time";
import { Table, Td, Th } from "@/components/ui/table";
import type { AuditView } from "@/lib/model/audit";
import type { AuditOutcome } from "@/lib/model/audit-actions";
import { AuditDetail } from "./audit-detail";
import { ExpandableRow } from "./expandable-row";
import { targetHref } from "./target-href";

const tones: Record<AuditOutcome, Tone> = { ok: "neutral", refused: "warn", failed: "bad" };

interface AuditTableProps {
  rows: readonly AuditView[];
  /** Of the whole installation: with the project of each row, and links into administration. */
  administration: boolean;
  link: (filter: Record<string, string>) => string;
}

export function AuditTable({ rows, administration, link }: AuditTableProps) {
  const t = useTranslations("audit");
  return (
    <Table aria-label={t("title")}>
      <thead>
        <tr>
          <Th>
            <span className="sr-only">{t("detail")}</span>
          </Th>
          <Th>{t("when")}</Th>
          <Th>{t("who")}</Th>
          <Th>{t("what")}</Th>
          <Th>{t("onWhat")}</Th>
          {administration && <Th>{t("project")}</Th>}
          <Th>{t("from")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ExpandableRow
            key={row.seq}
            cells={administration ? 6 : 5}
            label={t("showDetail", { place: row.seq })}
            detail={<AuditDetail row={row} link={link} />}
          >
            <Td className="whitespace-nowrap tabular-nums">
              <LocalTime at={row.at} />
            </Td>
            <Td>
              <Who actor={row.actor} />
            </Td>
            <Td>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                {t.has(`actions.${row.action}`) ? t(`actions.${row.action}`) : row.action}
                {row.outcome !== "ok" && (
                  <Badge tone={tones[row.outcome]}>{t(`outcomes.${row.outcome}`)}</Badge>
                )}
              </span>
            </Td>
            <Td>
              <Target row={row} administration={administration} />
            </Td>
            {administration && (
              <Td>
                {row.project !== null && (
                  <Link href={link({ projectId: row.project.id })} className="hover:underline">
                    {row.project.name ?? t("gone", { name: row.project.id })}
                  </Link>
                )}
              </Td>
            )}
            <Td className="whitespace-nowrap tabular-nums">
              {row.ip ?? <span className="text-muted">{t("hidden")}</span>}
            </Td>
          </ExpandableRow>
        ))}
      </tbody>
    </Table>
  );
}

function Who({ actor }: { actor: AuditView["actor"] }) {
  const t = useTranslations("audit");
  return (
    <>
      {actor.name || <span className="text-muted">{t("nobody")}</span>}
      {actor.token !== null && (
        <span className="block text-muted text-xs">
          {t("byToken", { name: actor.token.name ?? actor.token.id })}
        </span>
      )}
    </>
  );
}

function Target({ row, administration }: { row: AuditView; administration: boolean }) {
  if (row.target === null) return null;
  const name = row.target.name ?? row.target.id ?? "";
  const href = targetHref(row, administration);
  if (href === null) return <span className="break-words">{name}</span>;
  return (
    <Link href={href} className="break-words font-medium hover:underline">
      {name}
    </Link>
  );
}
