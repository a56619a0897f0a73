import type { AuditView } from "@/lib/model/audit";

type Fact = AuditView["detail"][string];

export interface FactLine {
  name: string;
  value: Fact;
  /** What it was before; undefined where that is not told. */
  before: Fact | undefined;
}

const suffix = "Before";

/** Facts of a row as lines: "memoryKib" with "memoryKibBefore", "after" with "before". */
export function factLines(detail: AuditView["detail"]): FactLine[] {
  const { before: whole, after, ...others } = detail;
  const lines: FactLine[] = [];
  if (after !== undefined) lines.push({ name: "value", value: after, before: whole });
  else if (whole !== undefined) lines.push({ name: "before", value: whole, before: undefined });
  for (const [name, value] of Object.entries(others)) {
    const isOther = name.endsWith(suffix) && name.slice(0, -suffix.length) in others;
    if (!isOther) lines.push({ name, value, before: others[`${name}${suffix}`] });
  }
  return lines;
}
