import { describe, expect, it } from "vitest";
import { nicOf, withLink, withModel, withNetwork } from "./edit-nic";
import { readNic } from "./nic";
import { parseXml, printXml } from "./tree";

const nic = (mac: string, more = "") =>
  `<interface type="network"><mac address="${mac}"/>${more}<source network="default"/></interface>`;
const domain = (...nics: string[]) => `<domain><devices>${nics.join("")}</devices></domain>`;
const [one, two] = ["52:54:00:00:00:01", "52:54:00:00:00:02"];
const flat = (xml: string) => xml.replaceAll(/\s*\n\s*/g, "").replaceAll("'", '"');

describe("nicOf", () => {
  it("finds the card by its MAC, in any case", () => {
    const found = nicOf(domain(nic(one), nic(two, "<x/>")), two.toUpperCase());
    expect(found && flat(printXml(found))).toBe(nic(two, "<x/>"));
  });

  it("is null without such a card", () => {
    expect(nicOf(domain(nic(one)), two)).toBeNull();
    expect(nicOf("<domain/>", one)).toBeNull();
  });
});

describe("a card is changed, and the rest of it is as it was", () => {
  const before = parseXml(
    nic(
      one,
      '<model type="virtio"/><link state="up"/><filterref filter="clean-traffic"/><address/>',
    ),
  );

  it("its link", () => {
    expect(flat(printXml(withLink(before, false)))).toBe(
      nic(one, '<model type="virtio"/><filterref filter="clean-traffic"/><address/>').replace(
        "</interface>",
        '<link state="down"/></interface>',
      ),
    );
  });

  it("its network, and the filter that fits it", () => {
    const moved = withNetwork(before, "lab", "no-mac-spoofing");
    expect(readNic(moved)).toEqual({ ...readNic(before), network: "lab" });
    expect(flat(printXml(moved))).toContain('<filterref filter="no-mac-spoofing"/>');
    expect(printXml(moved)).not.toContain("clean-traffic");
    const user = withNetwork(before, "user", null);
    expect(readNic(user)).toMatchObject({ type: "user", network: "user" });
    expect(printXml(user)).not.toMatch(/filterref|source/);
  });

  it("its model, which needs another place", () => {
    const other = withModel(before, "rtl8139");
    expect(readNic(other)).toEqual({ ...readNic(before), model: "rtl8139" });
    expect(printXml(other)).not.toContain("<address");
  });
});
