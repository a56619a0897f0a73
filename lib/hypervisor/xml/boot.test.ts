import { expect, it } from "vitest";
import { readBootDevices, withBootOrder } from "./boot";
import { parseXml, printXml } from "./tree";

const mac = "52:54:00:00:00:01";
const root = parseXml(`<domain><os><type>hvm</type><boot dev="hd"/></os><devices>
  <disk device="disk"><target dev="vda"/><boot order="1"/></disk>
  <disk device="cdrom"><target dev="sda"/><boot order="2"/></disk>
  <disk device="disk"><target dev="vdb"/></disk>
  <interface><mac address="${mac.toUpperCase()}"/></interface>
  <redirdev><boot order="3"/></redirdev>
</devices></domain>`);

it("reads all that a VM can start from", () => {
  expect(readBootDevices(root)).toEqual([
    { id: "vda", kind: "disk", order: 1 },
    { id: "sda", kind: "cdrom", order: 2 },
    { id: "vdb", kind: "disk", order: null },
    { id: mac, kind: "nic", order: null },
  ]);
});

it("gives these devices their places and takes them from all others", () => {
  const after = withBootOrder(root, [mac, "vdb"]);
  expect(readBootDevices(after).map(({ id, order }) => [id, order])).toEqual([
    ["vda", null],
    ["sda", null],
    ["vdb", 2],
    [mac, 1],
  ]);
  const xml = printXml(after);
  expect(xml.split("<boot")).toHaveLength(3);
  expect(xml).toContain("<type>hvm</type>");
  // What was read is as it was.
  expect(readBootDevices(root)[0]?.order).toBe(1);
});
