"use client";

import { unifiedMergeView } from "@codemirror/merge";
import { EditorView } from "@codemirror/view";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { foldedWords, readOnly, xmlExtensions } from "../definition/xml-theme";

interface UnifiedDiffProps {
  label: string;
  before: string;
  after: string;
}

/** One definition with what goes above what comes; what is alike is folded away. */
export default function UnifiedDiff({ label, before, after }: UnifiedDiffProps) {
  const folded = useTranslations("definition.difference")("folded");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const view = new EditorView({
      doc: after,
      parent: place.current,
      extensions: [
        ...xmlExtensions(label),
        ...readOnly(),
        foldedWords(folded),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          collapseUnchanged: { margin: 2, minSize: 4 },
        }),
      ],
    });
    return () => view.destroy();
  }, [label, before, after, folded]);
  return (
    <div ref={place} className="max-h-80 overflow-auto rounded-md border border-line-strong" />
  );
}
