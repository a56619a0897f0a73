"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { ActionResult } from "@/lib/model/result";
import type { VmChange, VmChangePreview } from "@/lib/model/vm-change";

interface PreviewTools {
  vmId: string;
  preview: (input: { vmId: string; change: VmChange }) => Promise<ActionResult<VmChangePreview>>;
}

const PreviewContext = createContext<PreviewTools | null>(null);

/** Lets every form of a VM's pages show what it would make of the definition. */
export function PreviewProvider({
  vmId,
  preview,
  children,
}: PreviewTools & { children: ReactNode }) {
  const tools = useMemo(() => ({ vmId, preview }), [vmId, preview]);
  return <PreviewContext value={tools}>{children}</PreviewContext>;
}

/** Null outside of a VM's pages. */
export function usePreview(): PreviewTools | null {
  return useContext(PreviewContext);
}
