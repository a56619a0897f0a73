"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { PalettePage } from "./palette";

const load = () => import("./palette");
const Palette = dynamic(() => load().then((module) => module.Palette), { ssr: false });

interface SearchButtonProps {
  projectSlug: string | null;
  pages: PalettePage[];
}

/** Opens the command palette, by click or Ctrl-K; its code comes when it is first wanted. */
export function SearchButton({ projectSlug, pages }: SearchButtonProps) {
  const t = useTranslations("nav");
  const [open, setOpen] = useState(false);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      if (event.defaultPrevented || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpen(true);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        onPointerEnter={() => void load()}
        aria-label={t("search")}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-8 items-center gap-2 rounded-md border border-line bg-canvas px-2.5 text-13 text-muted hover:border-line-strong hover:text-ink md:w-72"
      >
        <Search aria-hidden="true" className="size-4 shrink-0" />
        <span className="flex-1 truncate text-left max-md:sr-only">{t("searchHint")}</span>
        <kbd className="rounded border border-line bg-surface px-1.5 font-sans text-xs max-md:hidden">
          Ctrl K
        </kbd>
      </button>
      {open && <Palette projectSlug={projectSlug} pages={pages} onClose={() => setOpen(false)} />}
    </>
  );
}
