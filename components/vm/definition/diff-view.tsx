"use client";

import { MergeView } from "@codemirror/merge";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { foldedWords, readOnly, xmlExtensions } from "./xml-theme";

interface DiffViewProps {
  before: { label: string; text: string };
  after: { label: string; text: string };
}

/** Two definitions side by side, what is alike folded away. Loaded only where one is opened. */
export default function DiffView({ before, after }: DiffViewProps) {
  const folded = useTranslations("definition.difference")("folded");
  const place = useRef<HTMLDivElement>(null);
  const { label: beforeLabel, text: beforeText } = before;
  const { label: afterLabel, text: afterText } = after;

  useEffect(() => {
    if (place.current === null) return;
    const extensions = (label: string) => [
      ...xmlExtensions(label),
      ...readOnly(),
      foldedWords(folded),
    ];
    const view = new MergeView({
      a: { doc: beforeText, extensions: extensions(beforeLabel) },
      b: { doc: afterText, extensions: extensions(afterLabel) },
      parent: place.current,
      collapseUnchanged: { margin: 3, minSize: 6 },
    });
    return () => view.destroy();
  }, [beforeLabel, beforeText, afterLabel, afterText, folded]);

  return (
    <div className="flex flex-col gap-1">
      <div className="grid grid-cols-2 gap-2 text-muted text-xs">
        <span>{before.label}</span>
        <span>{after.label}</span>
      </div>
      <div
        ref={place}
        className="max-h-[32rem] overflow-auto rounded-md border border-line-strong"
      />
    </div>
  );
}
