"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ActionResult } from "@/lib/model/result";
import type { VmChange, VmChangePreview } from "@/lib/model/vm-change";
import { usePreview } from "./preview-provider";

const UnifiedDiff = lazy(() => import("./unified-diff"));

/** A person who types a figure asks for its last digit alone. */
const RESTED_MS = 300;

interface XmlDifferenceProps {
  /** What the form would send now; null while it would send nothing. */
  change: VmChange | null;
}

/** Under a form, for whoever opens it: the XML difference that it would make. */
export function XmlDifference({ change }: XmlDifferenceProps) {
  const t = useTranslations("definition.difference");
  const tools = usePreview();
  const [open, setOpen] = useState(false);
  if (tools === null || change === null) return null;
  return (
    <details
      className="rounded-md border border-line bg-raised px-3 py-2"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="cursor-pointer text-muted text-xs">{t("title")}</summary>
      {open && <Difference change={change} tools={tools} />}
    </details>
  );
}

interface DifferenceProps {
  change: VmChange;
  tools: NonNullable<ReturnType<typeof usePreview>>;
}

function Difference({ change, tools }: DifferenceProps) {
  const t = useTranslations("definition.difference");
  const errorText = useErrorText();
  const [result, setResult] = useState<ActionResult<VmChangePreview> | null>(null);
  const { vmId, preview } = tools;
  const asked = JSON.stringify(change);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const parsed = JSON.parse(asked) as VmChange;
      const answer = await callAction(() => preview({ vmId, change: parsed }));
      if (current) setResult(answer);
    }, RESTED_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, vmId, preview]);

  if (result === null) return <Skeleton className="mt-2 h-24" />;
  if (!result.ok) {
    return (
      <Callout tone="bad" role="alert" className="mt-2">
        {errorText(result.error.message)}
      </Callout>
    );
  }
  const { changes, before, after } = result.value;
  if (changes.length === 0) {
    return (
      <p role="status" className="mt-2 text-13">
        {t("none")}
      </p>
    );
  }
  return (
    <div className="mt-2">
      <Suspense fallback={<Skeleton className="h-24" />}>
        <UnifiedDiff label={t("title")} before={before} after={after} />
      </Suspense>
    </div>
  );
}
