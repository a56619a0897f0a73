"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Th } from "@/components/ui/table";
import type { ListQuery, SortKey } from "./list-query";

interface SortHeaderProps {
  sort: SortKey;
  query: ListQuery;
  onSort: (sort: SortKey, descending: boolean) => void;
  className?: string;
  children: ReactNode;
}

/** A column head that sorts; a second press turns the order round. */
export function SortHeader({ sort, query, onSort, className, children }: SortHeaderProps) {
  const active = query.sort === sort;
  const Arrow = query.descending ? ArrowDown : ArrowUp;
  return (
    <Th
      className={className}
      aria-sort={active ? (query.descending ? "descending" : "ascending") : undefined}
    >
      <button
        type="button"
        onClick={() => onSort(sort, active ? !query.descending : false)}
        className="-mx-1 inline-flex items-center gap-1 rounded px-1 py-1 font-medium hover:text-ink"
      >
        {children}
        {active && <Arrow aria-hidden="true" className="size-3" />}
      </button>
    </Th>
  );
}
