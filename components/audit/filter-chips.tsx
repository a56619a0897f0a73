import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { AuditView } from "@/lib/model/audit";

interface FilterChipsProps {
  params: Record<string, string>;
  /** What is shown: the ids' names are taken from there. */
  rows: readonly AuditView[];
  path: string;
}

/** The filters that were set by a link in a row, each with its way out. */
export function FilterChips({ params, rows, path }: FilterChipsProps) {
  const t = useTranslations("audit");
  const [row] = rows;
  const names: [string, string | null | undefined][] = [
    ["projectId", row?.project?.name],
    ["actorId", row?.actor.name],
    ["targetId", row?.target?.name],
    ["requestId", null],
  ];
  const set = names.filter(([name]) => params[name] !== undefined);
  if (set.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2" aria-label={t("filters.only")}>
      {set.map(([name, called]) => {
        const { [name]: id = "", ...others } = params;
        const text = t(`chips.${name}`, { name: called || id });
        return (
          <li key={name}>
            <Link
              href={`${path}?${new URLSearchParams(others)}`}
              aria-label={t("filters.remove", { filter: text })}
              className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-13 hover:bg-raised"
            >
              {text}
              <X aria-hidden="true" className="size-3.5 text-muted" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
