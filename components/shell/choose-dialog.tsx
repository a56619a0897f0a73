"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type PaletteEntry, searchEntries } from "./search-entries";

interface ChooseDialogProps {
  title: string;
  placeholder: string;
  entries: readonly PaletteEntry[];
  /** What to say when nothing fits what was typed. */
  empty: (query: string) => string;
  /** Whether each entry says what kind of thing it is. */
  kinds?: boolean;
  onClose: () => void;
}

/** A list of places to go to, found by typing a part of the name. */
export function ChooseDialog(props: ChooseDialogProps) {
  const { title, placeholder, entries, empty, kinds = false, onClose } = props;
  const t = useTranslations("nav");
  const router = useRouter();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);

  useLayoutEffect(() => {
    const box = dialog.current;
    box?.showModal();
    return () => box?.close();
  }, []);

  const found = useMemo(() => searchEntries(entries, query), [entries, query]);
  const chosen = Math.min(at, found.length - 1);

  function go(entry: PaletteEntry | undefined) {
    if (!entry) return;
    onClose();
    router.push(entry.href);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((chosen + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(found[chosen]);
    }
  }

  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="mx-auto mt-[12dvh] mb-auto w-[min(36rem,calc(100vw-1.5rem))] overflow-hidden rounded-lg border border-line bg-surface p-0 text-ink shadow-float"
    >
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
        <input
          type="search"
          role="combobox"
          aria-label={placeholder}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
          aria-autocomplete="list"
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 w-full bg-transparent text-base outline-none placeholder:text-muted"
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={title}
        className="max-h-[50dvh] overflow-y-auto p-1.5"
      >
        {found.map((entry, index) => (
          <div
            key={entry.href + entry.label}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            ref={
              index === chosen ? (node) => node?.scrollIntoView({ block: "nearest" }) : undefined
            }
            onPointerMove={() => setAt(index)}
            onClick={() => go(entry)}
            onKeyDown={onKeyDown}
            className={clsx(
              "flex cursor-pointer items-center gap-3 rounded-md px-2.5 py-2 outline-none",
              index === chosen && "bg-accent-soft text-accent-text",
            )}
          >
            <span className="min-w-0 flex-1 truncate">{entry.label}</span>
            {entry.detail && <span className="text-13 text-muted">{entry.detail}</span>}
            {kinds && <span className="text-muted text-xs">{t(`palette.${entry.group}`)}</span>}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-4 pb-4 text-muted">
          {empty(query)}
        </p>
      )}
      <p className="border-line border-t px-4 py-2 text-muted text-xs max-md:hidden">
        {t("palette.hint")}
      </p>
    </dialog>
  );
}
