"use client";

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { editing, readOnly, xmlExtensions } from "./xml-theme";

interface CodeViewProps {
  label: string;
  /** What is shown; a newer text replaces what was typed. */
  text: string;
  /** Absent: it only shows. */
  onChange?: ((text: string) => void) | undefined;
}

/** A definition with highlighting, to read or to edit. Loaded only where one is opened. */
export default function CodeView({ label, text, onChange }: CodeViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const editable = onChange !== undefined;

  useEffect(() => {
    if (place.current === null) return;
    const listen = EditorView.updateListener.of((update) => {
      if (update.docChanged) changed.current?.(update.state.doc.toString());
    });
    const extensions = [...xmlExtensions(label), ...(editable ? editing() : readOnly()), listen];
    const view = new EditorView({
      state: EditorState.create({ doc: text, extensions }),
      parent: place.current,
    });
    return () => view.destroy();
  }, [label, text, editable]);

  return (
    <div ref={place} className="max-h-[32rem] overflow-auto rounded-md border border-line-strong" />
  );
}
