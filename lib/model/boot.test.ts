import { describe, expect, it } from "vitest";
import { type BootDevice, bootOrderCommands, bootOrderSchema, inBootOrder } from "./boot";

const mac = "52:54:00:00:00:01";
const devices: BootDevice[] = [
  { id: "vdb", kind: "disk", order: null },
  { id: "sda", kind: "cdrom", order: 2 },
  { id: "vda", kind: "disk", order: 1 },
  { id: mac, kind: "nic", order: null },
];

describe("a boot order", () => {
  it("comes first to last, and then what is not tried", () => {
    expect(inBootOrder(devices).map((each) => each.id)).toEqual(["vda", "sda", "vdb", mac]);
  });

  it("names each device once, and one at least", () => {
    expect(bootOrderSchema.safeParse({ order: ["vda", mac] }).success).toBe(true);
    expect(bootOrderSchema.safeParse({ order: ["vda", "vda"] }).success).toBe(false);
    expect(bootOrderSchema.safeParse({ order: [] }).success).toBe(false);
  });

  it("stands for an edit of the definition", () => {
    expect(bootOrderCommands("p-one", devices, [mac, "vda"])).toEqual([
      "virsh edit p-one",
      `# in the <interface> of ${mac}: <boot order="1"/>`,
      '# in the <disk> of vda: <boot order="2"/>',
    ]);
  });
});
