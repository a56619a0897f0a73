"use client";

import { LayoutGrid, List, MonitorPlay } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useLiveVms } from "@/components/shell/live-provider";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ReasonButton } from "@/components/ui/reason-button";
import { ReasonLink } from "@/components/ui/reason-link";
import { Table, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { VmView } from "@/lib/model/vm";
import { type PowerVerb, vmStates } from "@/lib/model/vm-state";
import { BulkBar } from "./bulk-bar";
import type { CloneTools } from "./clone/types";
import { firstQuery, queryFromSearch, queryToSearch, queryVms } from "./list-query";
import { ListTools } from "./list-tools";
import { PictureGrid } from "./pictures/picture-grid";
import { SortHeader } from "./sort-header";
import type { PowerAction, ProjectRef } from "./types";
import { usePower } from "./use-power";
import { VmRow } from "./vm-row";

interface VmListProps {
  initial: VmView[];
  project: ProjectRef;
  /** Why power or the console is not allowed; null when it is. */
  forbidden: { power: string | null; console: string | null };
  power: PowerAction;
  clone: CloneTools;
  /** Shown instead when the project has no VM at all. */
  empty: ReactNode;
}

/** The project's VMs, live: filter, sort, select, power, console. */
export function VmList(props: VmListProps) {
  const { initial, project, forbidden, power, clone, empty } = props;
  const t = useTranslations("vm");
  const locale = useLocale();
  const search = useSearchParams();
  const [query, setQuery] = useState(() => queryFromSearch(search, vmStates));
  const [pictured, setPictured] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { run, busy } = usePower(power);
  const vms = useLiveVms(initial);
  const shown = useMemo(() => queryVms(vms, query, locale), [vms, query, locale]);
  const present = useMemo(() => new Set(vms.map((vm) => vm.state)), [vms]);
  const tags = useMemo(() => [...new Set(vms.flatMap((vm) => vm.tags))].sort(), [vms]);
  const chosen = shown.filter((vm) => selected.has(vm.id));

  useEffect(() => {
    window.history.replaceState(null, "", window.location.pathname + queryToSearch(query));
  }, [query]);

  const select = useCallback((id: string, on: boolean) => {
    setSelected((ids) => new Set(on ? [...ids, id] : [...ids].filter((each) => each !== id)));
  }, []);

  const runAndTell = useCallback(
    async (vm: VmView, verb: PowerVerb) => {
      const reason = await run(vm, verb);
      if (reason !== null) toast.bad(t("power.failed", { name: vm.name, reason }));
    },
    [run, t],
  );

  if (vms.length === 0) return empty;

  const summary =
    shown.length === vms.length
      ? t("list.count", { count: vms.length })
      : t("list.shown", { shown: shown.length, count: vms.length });
  const sorting = {
    query,
    onSort: (sort: typeof query.sort, descending: boolean) =>
      setQuery({ ...query, sort, descending }),
  };

  return (
    <div className="flex flex-col gap-3">
      <ListTools
        query={query}
        present={present}
        tags={tags}
        hasTemplates={vms.some((vm) => vm.template)}
        onChange={setQuery}
        summary={summary}
      />
      <div className="flex flex-wrap gap-2">
        <ReasonLink
          size="sm"
          icon={<MonitorPlay aria-hidden="true" />}
          href={`/p/${project.slug}/vms/wall`}
          disabledReason={forbidden.console}
        >
          {t("list.wall")}
        </ReasonLink>
        <ReasonButton
          size="sm"
          icon={pictured ? <List aria-hidden="true" /> : <LayoutGrid aria-hidden="true" />}
          disabledReason={forbidden.console}
          onClick={() => setPictured(!pictured)}
        >
          {pictured ? t("list.asTable") : t("list.pictures")}
        </ReasonButton>
      </div>
      {pictured ? (
        <PictureGrid vms={shown} href={`/p/${project.slug}/vms`} />
      ) : (
        <Table aria-label={t("title")}>
          <thead>
            <tr>
              <Th className="w-10 pr-0">
                <Checkbox
                  label={t("list.selectAll")}
                  labelHidden
                  checked={shown.length > 0 && chosen.length === shown.length}
                  onChange={(event) =>
                    setSelected(new Set(event.target.checked ? shown.map((vm) => vm.id) : []))
                  }
                />
              </Th>
              <SortHeader sort="name" {...sorting}>
                {t("list.name")}
              </SortHeader>
              <SortHeader sort="state" {...sorting} className="max-md:hidden">
                {t("list.state")}
              </SortHeader>
              <Th className="max-md:hidden">{t("list.address")}</Th>
              <SortHeader sort="cpu" {...sorting} className="max-sm:hidden">
                {t("list.load")}
              </SortHeader>
              <SortHeader sort="memory" {...sorting} className="max-lg:hidden">
                {t("list.size")}
              </SortHeader>
              <Th className="w-0">
                <span className="sr-only">{t("list.actions")}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {shown.map((vm) => (
              <VmRow
                key={vm.id}
                vm={vm}
                href={`/p/${project.slug}/vms/${vm.id}`}
                selected={selected.has(vm.id)}
                busy={busy.has(vm.id)}
                powerForbidden={forbidden.power}
                consoleForbidden={forbidden.console}
                clone={clone}
                onSelect={select}
                run={runAndTell}
              />
            ))}
          </tbody>
        </Table>
      )}
      {shown.length === 0 && (
        <p className="flex items-center gap-3 px-1 text-muted">
          {t("list.none")}
          <Button size="sm" onClick={() => setQuery(firstQuery)}>
            {t("list.clear")}
          </Button>
        </p>
      )}
      {chosen.length > 0 && (
        <BulkBar
          chosen={chosen}
          forbidden={forbidden.power}
          run={run}
          onClear={() => setSelected(new Set())}
        />
      )}
    </div>
  );
}
