import { describe, expect, it } from "vitest";
import { readBootDevices, withBootOrder } from "./boot";
import { buildDomain } from "./build-domain";
import { specOf } from "./golden/specs";
import { parseDomain } from "./parse-domain";
import { essenceOf, isOfRescue, withoutRescue, withRescue, withWordsOf } from "./rescue";
import { parseXml, printXml } from "./tree";

const image = { pool: "portico-images", volume: "rescue.iso" };
const xml = buildDomain(specOf({}), { directIo: true, filter: "clean-traffic" });
const own = () => parseXml(xml);
const orders = (root: ReturnType<typeof own>) =>
  readBootDevices(root).map(({ id, order }) => [id, order]);

describe("a definition in rescue", () => {
  it("starts from the image in a drive of its own; everything else is there", () => {
    const before = parseDomain(xml);
    const after = parseDomain(printXml(withRescue(own(), image)));
    expect(after.disks).toMatchObject([
      { ...before.disks[0], bootOrder: null },
      { ...before.disks[1], bootOrder: null },
      { target: "sdb", bus: "scsi", device: "cdrom", ...image, bootOrder: 1 },
    ]);
    expect({ ...after, disks: before.disks, boot: before.boot }).toEqual(before);
    expect([isOfRescue(withRescue(own(), image)), isOfRescue(own())]).toEqual([true, false]);
  });

  it.each([
    ["q35", "sda", "sata"],
    ["pc-i440fx-7.2", "hda", "ide"],
  ])("of a %s without a drive gets the bus of its board", (machine, target, bus) => {
    const bare = `<domain><os><type machine="${machine}">hvm</type></os><devices><disk
      device="disk"><target dev="vda" bus="virtio"/></disk></devices></domain>`;
    const after = printXml(withRescue(parseXml(bare), image));
    expect(after).toContain(`<target dev="${target}" bus="${bus}"/>`);
  });
});

describe("a definition out of rescue", () => {
  it("that was changed meanwhile keeps its changes, and starts as before", () => {
    const changed = xml.replace("<cpu", "<genid/><cpu");
    const after = withoutRescue(withRescue(parseXml(changed), image), own());
    expect(orders(after)).toEqual(orders(own()));
    expect(parseDomain(printXml(after))).toEqual(parseDomain(changed));
    expect(printXml(after)).toContain("<genid/>");
  });

  it("says kinds of devices again where it did, and nothing of what is gone", () => {
    const kinds = `<domain><os><type>hvm</type><boot dev="hd"/><boot dev="network"/></os>
      <devices><disk device="disk"><target dev="vda"/></disk></devices></domain>`;
    const before = parseXml(kinds);
    expect(printXml(withoutRescue(withRescue(before, image), before))).toBe(printXml(before));
    const two = withBootOrder(own(), ["sda", "vda"]);
    const gone = withRescue(own(), image);
    expect(orders(withoutRescue(withoutDisk(gone), two))).toEqual([
      ["sda", 1],
      ...orders(own())
        .slice(2)
        .map(([id]) => [id, null]),
    ]);
  });

  it("is another one by everything but words about its VM", () => {
    const named = parseXml(xml.replace(/<title>.*<\/title>/, "<title>another</title>"));
    expect(essenceOf(named)).toBe(essenceOf(own()));
    expect(essenceOf(withRescue(own(), image))).not.toBe(essenceOf(own()));
    const back = withWordsOf(own(), named);
    expect(parseDomain(printXml(back)).title).toBe("another");
    expect(essenceOf(back)).toBe(essenceOf(own()));
  });
});

function withoutDisk(root: ReturnType<typeof own>) {
  const text = printXml(root).replace(/<disk [^>]*device="disk".*?<\/disk>/s, "");
  return parseXml(text);
}
