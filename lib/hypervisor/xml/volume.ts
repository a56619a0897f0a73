import type { DiskFormat } from "@/lib/model/vm";
import { attribute, find, sizeBytesOf, textOf } from "./query";
import { element, parseXml, printXml } from "./tree";

/**
 * XML of a new volume: `capacityBytes` as the guest sees it, nothing allocated beforehand; with
 * `backing` on top of another file.
 */
export function buildVolume(volume: {
  name: string;
  format: DiskFormat;
  capacityBytes: number;
  backing?: { path: string; format: DiskFormat };
}): string {
  return printXml(
    element("volume", {}, [
      element("name", {}, [volume.name]),
      element("capacity", { unit: "bytes" }, [String(volume.capacityBytes)]),
      element("allocation", { unit: "bytes" }, ["0"]),
      element("target", {}, [
        element("format", { type: volume.format }),
        // libvirt's own choice is the oldest, which cannot remember what has changed.
        volume.format === "qcow2" ? element("compat", {}, ["1.1"]) : null,
      ]),
      volume.backing
        ? element("backingStore", {}, [
            element("path", {}, [volume.backing.path]),
            element("format", { type: volume.backing.format }),
          ])
        : null,
    ]),
  );
}

/** XML of a directory pool. `mode` is the octal mode of a folder that is to be made. */
export function buildDirPool(pool: { name: string; path: string; mode?: string }): string {
  return printXml(
    element("pool", { type: "dir" }, [
      element("name", {}, [pool.name]),
      element("target", {}, [
        element("path", {}, [pool.path]),
        pool.mode === undefined
          ? null
          : element("permissions", {}, [element("mode", {}, [pool.mode])]),
      ]),
    ]),
  );
}

export interface ParsedPool {
  name: string;
  type: string;
  path: string | null;
  capacityBytes: number;
  availableBytes: number;
}

/** Reads libvirt's XML of a pool; sizes are 0 while it is inactive. */
export function parsePool(xml: string): ParsedPool {
  const root = parseXml(xml);
  return {
    name: textOf(find(root, "name")) ?? "",
    type: attribute(root, "type") ?? "",
    path: textOf(find(root, "target/path")),
    capacityBytes: sizeBytesOf(find(root, "capacity"), "bytes") ?? 0,
    availableBytes: sizeBytesOf(find(root, "available"), "bytes") ?? 0,
  };
}
