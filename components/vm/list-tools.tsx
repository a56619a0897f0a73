"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type VmState, vmStates } from "@/lib/model/vm-state";
import { type ListQuery, vmKinds } from "./list-query";

interface ListToolsProps {
  query: ListQuery;
  /** States that occur; others are not worth offering. */
  present: ReadonlySet<VmState>;
  /** Of all VMs, sorted. */
  tags: readonly string[];
  hasTemplates: boolean;
  onChange: (query: ListQuery) => void;
  summary: string;
}

export function ListTools(props: ListToolsProps) {
  const { query, present, tags, hasTemplates, onChange, summary } = props;
  const t = useTranslations("vm");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="relative block w-72 max-sm:w-full">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
        <Input
          type="search"
          aria-label={t("list.filter")}
          placeholder={t("list.filter")}
          value={query.text}
          onChange={(event) => onChange({ ...query, text: event.target.value })}
          className="pl-9"
        />
      </span>
      <Select
        aria-label={t("list.stateFilter")}
        value={query.state ?? ""}
        onChange={(event) =>
          onChange({ ...query, state: vmStates.find((s) => s === event.target.value) ?? null })
        }
        className="w-44"
      >
        <option value="">{t("list.allStates")}</option>
        {vmStates
          .filter((state) => present.has(state) || state === query.state)
          .map((state) => (
            <option key={state} value={state}>
              {t(`state.${state}`)}
            </option>
          ))}
      </Select>
      {(tags.length > 0 || query.tag !== null) && (
        <Select
          aria-label={t("list.tagFilter")}
          value={query.tag ?? ""}
          onChange={(event) => onChange({ ...query, tag: event.target.value || null })}
          className="w-36"
        >
          <option value="">{t("list.allTags")}</option>
          {(query.tag === null || tags.includes(query.tag) ? tags : [query.tag, ...tags]).map(
            (tag) => (
              <option key={tag} value={tag}>
                {tag}
              </option>
            ),
          )}
        </Select>
      )}
      {(hasTemplates || query.kind !== null) && (
        <Select
          aria-label={t("list.kindFilter")}
          value={query.kind ?? ""}
          onChange={(event) =>
            onChange({ ...query, kind: vmKinds.find((k) => k === event.target.value) ?? null })
          }
          className="w-52"
        >
          <option value="">{t("list.allKinds")}</option>
          {vmKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`list.kind.${kind}`)}
            </option>
          ))}
        </Select>
      )}
      <span role="status" className="text-13 text-muted">
        {summary}
      </span>
    </div>
  );
}
