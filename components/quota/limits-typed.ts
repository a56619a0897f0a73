import type { UserMessage } from "@/lib/model/errors";
import type { ProjectLimitsInput } from "@/lib/model/project-limits";
import {
  highestLimit,
  type OwnLimits,
  perResource,
  type QuotaResource,
  quotaResources,
} from "@/lib/model/quota";

export type LimitsField = QuotaResource | "leaseDays";
/** Figures as typed; empty is no limit of the project's own. */
export type LimitsTyped = Record<LimitsField, string>;

type LimitsValue = Pick<ProjectLimitsInput, "limits" | "leaseDays">;
export type ReadLimits =
  | { ok: true; value: LimitsValue }
  | { ok: false; fields: Record<string, UserMessage> };

/** The form's text for what is set. */
export function typedLimits(set: { own: OwnLimits; leaseDays: number | null }): LimitsTyped {
  const text = (figure: number | null) => (figure === null ? "" : String(figure));
  return { ...perResource((resource) => text(set.own[resource])), leaseDays: text(set.leaseDays) };
}

/** What was typed as figures, or a message for each field that is none. */
export function readLimits(typed: LimitsTyped): ReadLimits {
  const fields: Record<string, UserMessage> = {};
  const figure = (field: LimitsField, key: string): number | null => {
    const text = typed[field].trim();
    if (text === "") return null;
    if (!/^\d{1,12}$/.test(text)) fields[field] = { key: `${key}.number` };
    return Number(text);
  };
  const limits = perResource((resource) => figure(resource, "field.limit"));
  const leaseDays = figure("leaseDays", "field.lease_days");
  for (const resource of quotaResources) {
    const limit = limits[resource];
    if (limit !== null && limit > highestLimit) {
      fields[resource] = { key: "field.limit.range", values: { maximum: highestLimit } };
    }
  }
  if (Object.keys(fields).length > 0) return { ok: false, fields };
  return { ok: true, value: { limits, leaseDays } };
}
