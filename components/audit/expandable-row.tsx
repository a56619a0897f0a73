"use client";

import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Td, Tr } from "@/components/ui/table";

interface ExpandableRowProps {
  /** Cells of the row, `Td`s. */
  children: ReactNode;
  /** How many there are. */
  cells: number;
  /** Names the button: what it shows. */
  label: string;
  detail: ReactNode;
}

/** A row of a table with a second one below it that a button shows and hides. */
export function ExpandableRow({ children, cells, label, detail }: ExpandableRowProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Tr>
        <Td className="w-8 pr-0">
          <Button
            variant="ghost"
            size="icon"
            aria-label={label}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            icon={
              <ChevronRight
                aria-hidden="true"
                className={clsx("transition-transform", open && "rotate-90")}
              />
            }
          />
        </Td>
        {children}
      </Tr>
      <tr id={id} hidden={!open} className="border-line border-b bg-raised/40">
        <td colSpan={cells + 1} className="px-4 py-3">
          {detail}
        </td>
      </tr>
    </>
  );
}
