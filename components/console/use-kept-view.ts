"use client";

import { useEffect, useState } from "react";
import { firstKept, type KeptView, keepView, readKeptView } from "./kept-view";

/** The view that this browser keeps, and how to change it. */
export function useKeptView(): [KeptView, (part: Partial<KeptView>) => void] {
  const [view, setView] = useState(firstKept);
  // Not while rendering: the server has no such store.
  useEffect(() => setView(readKeptView()), []);
  return [
    view,
    (part) => {
      const changed = { ...view, ...part };
      keepView(changed);
      setView(changed);
    },
  ];
}
