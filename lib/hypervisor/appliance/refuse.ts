import { AppError } from "@/lib/model/errors";

/** Why a VM's file is not taken: keys under `appliance` of the `errors` catalogue. */
export const refusals = [
  "truncated",
  "tar_damaged",
  "tar_name",
  "tar_twice",
  "tar_kind",
  "tar_files",
  "tar_after",
  "no_ovf",
  "ovf_too_large",
  "ovf_entities",
  "ovf_damaged",
  "ovf_systems",
  "ovf_reference",
  "ovf_missing",
  "ovf_size",
  "ovf_packed",
  "no_disk",
  "too_many_disks",
  "disk_empty",
  "disk_format",
  "disk_damaged",
  "disk_parent",
  "disk_backing",
  "disk_external",
  "disk_encrypted",
  "disk_features",
  "disk_too_large",
  "vmdk_kind",
  "vmdk_extent",
  "manifest_damaged",
  "manifest_missing",
  "manifest_digest",
] as const;
export type Refusal = (typeof refusals)[number];

const shownChars = 80;

/** The error that ends the look at a VM's file; `values` may come from it and are made harmless. */
export function refuse(reason: Refusal, values: Record<string, string | number> = {}): AppError {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "string" ? shownText(value, shownChars) : value,
  ]);
  return new AppError({
    code: "input.invalid",
    message: `a VM's file was refused: ${reason}`,
    userMessage: { key: `appliance.${reason}`, values: Object.fromEntries(shown) },
  });
}

/** Text of a stranger, short and without characters that act on a page or a terminal. */
export function shownText(text: string, limit: number): string {
  const plain = text.replaceAll(/[\p{C}\u2028\u2029]/gu, " ").replaceAll(/\s+/gu, " ");
  return [...plain.trim()].slice(0, limit).join("").trim();
}
