"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Input } from "@/components/ui/input";
import { fits } from "./fits";
import type { OperationDoc } from "./operation-section";

type Entry = Pick<OperationDoc, "id" | "method" | "path" | "summary" | "command">;

interface OperationSearchProps {
  groups: { tag: string; operations: Entry[] }[];
}

/**
 * The table of contents, with a box that looks among the operations. Ctrl K comes to the box from
 * anywhere, the arrows go through what was found, Escape goes back and empties it.
 */
export function OperationSearch({ groups }: OperationSearchProps) {
  const t = useTranslations("api");
  const [asked, setAsked] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const hintId = useId();
  const found = groups.flatMap((each) => each.operations).filter((each) => fits(each, asked));

  useEffect(() => {
    const toBox = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener("keydown", toBox);
    return () => document.removeEventListener("keydown", toBox);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const at = links.findIndex((link) => link.matches(":focus"));
    if (event.key === "Escape") {
      setAsked("");
      box.current?.focus();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at === 0 ? box.current : links[at - 1])?.focus();
    }
  };

  return (
    <nav aria-label={t("contents")} className="flex flex-col gap-3" onKeyDown={onKeyDown}>
      <search className="flex flex-col gap-1">
        <Input
          ref={box}
          type="search"
          aria-label={t("search")}
          aria-describedby={hintId}
          placeholder={t("search")}
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") list.current?.querySelector("a")?.click();
          }}
        />
        <p id={hintId} className="text-13 text-muted max-md:hidden">
          {t("searchHint")}
        </p>
        <p role="status" className="text-13 text-muted">
          {asked.trim() !== "" && t("found", { count: found.length })}
        </p>
      </search>
      {asked.trim() === "" ? (
        groups.map(({ tag, operations }) => (
          <details key={tag}>
            <summary className="cursor-pointer font-medium">{tag}</summary>
            <ul className="mt-1 flex flex-col gap-1 pl-4 text-13">
              {operations.map((each) => (
                <li key={each.id}>
                  <a href={`#${each.id}`} className="hover:underline">
                    {each.summary}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        ))
      ) : (
        <ul ref={list} className="flex flex-col text-13">
          {found.map((each) => (
            <li key={each.id}>
              <a
                href={`#${each.id}`}
                className="flex flex-wrap gap-x-2 rounded-md px-2 py-1.5 hover:bg-raised"
              >
                <span className="font-medium">{each.summary}</span>
                <span className="break-all font-mono text-muted">
                  {each.method} {each.path}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}
