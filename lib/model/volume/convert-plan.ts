import { z } from "zod";
import type { UserMessage } from "../errors";
import { type DiskFormat, diskFormats } from "../vm";
import { isOff, type VmState } from "../vm-state";
import type { DiskFileView } from "./disk-file";

/** A rewriting: into another format, or into the same without what is unused. */
export const rewriteKinds = ["disk.convert", "disk.compact"] as const;
export type RewriteKind = (typeof rewriteKinds)[number];

export const compactDiskSchema = z.strictObject({
  /** Whether the former file stays, as a kept disk. */
  keepOld: z.boolean(),
});

export const convertDiskSchema = compactDiskSchema.extend({
  format: z.enum(diskFormats),
  /** Whether the VM stays on its file, and the new one becomes a disk that is kept. */
  copy: z.boolean(),
});

/** What a rewriting is judged by: the VM and what its disk lies in. */
export interface RewriteOf {
  state: VmState;
  hasSnapshots: boolean;
  file: Pick<
    DiskFileView,
    "format" | "listedFormat" | "chain" | "encryption" | "header" | "headerProblem" | "looksLike"
  >;
}

/**
 * Why a disk's file cannot be rewritten; null when it can. Pure: the page shows it beforehand and
 * the server acts on it. Whatever could make the host read another file than this one is refused:
 * the rewriting runs there with all rights, and follows what a file says of itself.
 */
export function rewriteProblem(of: RewriteOf): UserMessage | null {
  const { format, listedFormat, chain, encryption, header, headerProblem, looksLike } = of.file;
  if (!isOff(of.state)) return { key: "volume.not_off" };
  if (of.hasSnapshots) return { key: "volume.has_snapshots" };
  if (format === null || !isDiskFormat(format)) return { key: "volume.unknown_format" };
  const other = listedFormat !== format ? listedFormat : looksLike;
  if (other !== null) return { key: "volume.other_format", values: { format, other } };
  if (headerProblem?.key === "volume.unread_header") return headerProblem;
  if (chain.length > 0) return { key: "volume.has_below" };
  if (format === "raw") return null;
  if (header === null) return { key: "volume.bad_header" };
  if (header.backing !== null) return { key: "volume.has_below" };
  if (encryption !== null || header.encryption !== null) return { key: "volume.encrypted" };
  if (header.snapshots > 0) return { key: "volume.has_snapshots" };
  const { corrupt, externalData, extendedL2, unknownFeatures } = header;
  const sound = !(corrupt || externalData || extendedL2 || unknownFeatures);
  return sound ? null : { key: "volume.unsound" };
}

function isDiskFormat(format: string): format is DiskFormat {
  return (diskFormats as readonly string[]).includes(format);
}
