import { attribute, childrenOf, find, sizeBytesOf, textOf } from "./query";
import { parseXml } from "./tree";

/** What libvirt's list says of a volume. It has looked at the file when the pool was last read. */
export interface ParsedVolume {
  path: string | null;
  format: string | null;
  capacityBytes: number;
  allocationBytes: number;
  /** Length of the file, holes included; null where libvirt does not say. */
  physicalBytes: number | null;
  compat: string | null;
  clusterBytes: number | null;
  features: string[];
  encryption: string | null;
  /** The file below; null without one. */
  backing: { path: string; format: string | null } | null;
  /** When the file was last written, as libvirt writes it: good to compare. */
  changedAt: string | null;
}

/** Reads libvirt's XML of a volume. */
export function parseVolume(xml: string): ParsedVolume {
  const root = parseXml(xml);
  const target = find(root, "target");
  const below = find(root, "backingStore");
  const belowPath = textOf(find(below, "path"));
  const features = find(target, "features")?.children ?? [];
  return {
    path: textOf(find(target, "path")),
    format: attribute(find(target, "format"), "type"),
    capacityBytes: sizeBytesOf(find(root, "capacity"), "bytes") ?? 0,
    allocationBytes: sizeBytesOf(find(root, "allocation"), "bytes") ?? 0,
    physicalBytes: sizeBytesOf(find(root, "physical"), "bytes"),
    compat: textOf(find(target, "compat")),
    clusterBytes: sizeBytesOf(find(target, "clusterSize"), "bytes"),
    features: features.flatMap((each) => (typeof each === "string" ? [] : [each.name])),
    encryption: attribute(childrenOf(target, "encryption")[0] ?? null, "format"),
    backing:
      belowPath === null
        ? null
        : { path: belowPath, format: attribute(find(below, "format"), "type") },
    changedAt: textOf(find(target, "timestamps/mtime")),
  };
}
