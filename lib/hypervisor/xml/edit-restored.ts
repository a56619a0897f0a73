import type { DiskFormat } from "@/lib/model/vm";
import { layOn } from "./edit-disk-volume";
import { attribute, childrenOf, find } from "./query";
import { element, parseXml, printXml } from "./tree";

/**
 * A definition of a VM from former times for the same VM of today: with what people call it now,
 * its disks on other volumes and its drives empty. Null when its disks are not exactly those.
 */
export function asRestored(
  definition: string,
  now: {
    title: string;
    description: string;
    disks: Record<string, { pool: string; volume: string; format: DiskFormat }>;
  },
): string | null {
  const root = parseXml(definition);
  const left = new Set(Object.keys(now.disks));
  for (const disk of childrenOf(find(root, "devices"), "disk")) {
    if ((attribute(disk, "device") ?? "disk") !== "disk") {
      disk.children = disk.children.filter(
        (child) => typeof child === "string" || !["source", "backingStore"].includes(child.name),
      );
      continue;
    }
    const target = attribute(find(disk, "target"), "dev") ?? "";
    const to = now.disks[target];
    if (to === undefined) return null;
    layOn(disk, to);
    left.delete(target);
  }
  if (left.size > 0) return null;
  root.children = root.children.filter(
    (child) => typeof child === "string" || !["title", "description"].includes(child.name),
  );
  root.children.push(element("title", {}, [now.title]));
  if (now.description !== "") root.children.push(element("description", {}, [now.description]));
  return printXml(root);
}
