import { describe, expect, it } from "vitest";
import { withLink } from "./edit-nic";

const nic = (mac: string, more = "") =>
  `<interface type="network"><mac address="${mac}"/>${more}<source network="default"/></interface>`;
const domain = (...nics: string[]) => `<domain><devices>${nics.join("")}</devices></domain>`;
const [one, two] = ["52:54:00:00:00:01", "52:54:00:00:00:02"];

describe("withLink", () => {
  it("sets the link of that card, and leaves the rest of it", () => {
    const xml = withLink(
      domain(nic(one), nic(two, '<link state="up"/>')),
      two.toUpperCase(),
      false,
    );
    expect(xml?.replaceAll(/\s*\n\s*/g, "").replaceAll("'", '"')).toBe(
      nic(two).replace("</interface>", '<link state="down"/></interface>'),
    );
  });

  it("is null without such a card", () => {
    expect(withLink(domain(nic(one)), two, true)).toBeNull();
    expect(withLink("<domain/>", one, true)).toBeNull();
  });
});
