import { describe, expect, it } from "vitest";
import { withVolume } from "./edit-disk-volume";
import { attribute, find, textOf } from "./query";
import { parseXml } from "./tree";

const domain = `<domain><devices>
  <disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/>
    <source file='/pool/a'/><backingStore/><target dev='vda' bus='virtio'/><serial>s</serial></disk>
  <disk type='volume' device='disk'><source pool='p' volume='b'/><target dev='vdb'/></disk>
</devices></domain>`;
const to = { pool: "p", volume: "new.raw", format: "raw" } as const;

describe("withVolume", () => {
  it("lays the disk on the volume, and leaves the rest of it", () => {
    const disk = parseXml(withVolume(domain, "vda", to) ?? "");
    expect(disk.attributes).toEqual({ type: "volume", device: "disk" });
    expect(find(disk, "source")?.attributes).toEqual({ pool: "p", volume: "new.raw" });
    expect(find(disk, "driver")?.attributes).toEqual({ name: "qemu", type: "raw", cache: "none" });
    expect(find(disk, "backingStore")).toBeNull();
    expect(textOf(find(disk, "serial"))).toBe("s");
  });

  it("says the format where nothing did; is null without such a disk", () => {
    const disk = parseXml(withVolume(domain, "vdb", to) ?? "");
    expect(attribute(find(disk, "driver"), "type")).toBe("raw");
    expect(withVolume(domain, "vdc", to)).toBeNull();
  });
});
