import { expect, it } from "vitest";
import { countFreePorts } from "./free-ports";
import { parseXml } from "./tree";

const port = (index: number) =>
  `<controller type="pci" index="${index}" model="pcie-root-port">
    <address type="pci" domain="0x0000" bus="0x00" slot="0x0${index}" function="0x0"/></controller>`;
const behind = (bus: string) =>
  `<interface><address type="pci" domain="0x0000" bus="${bus}" slot="0x00" function="0x0"/></interface>`;

it("counts the root ports with nothing behind them", () => {
  const count = (inner: string) => countFreePorts(parseXml(`<devices>${inner}</devices>`));
  const ports = Array.from({ length: 12 }, (_, n) => port(n + 1)).join("");
  expect(count(ports)).toBe(12);
  expect(count(`${ports}${behind("0x01")}${behind("0x0c")}`)).toBe(10);
  const bridge = behind("0x02").replaceAll("interface", "controller");
  expect(count(`${port(1)}${port(2)}${bridge}${behind("0x01")}`)).toBe(0);
  const drive = '<disk><address type="drive" controller="0" bus="1" target="0" unit="0"/></disk>';
  expect(count(`${port(1)}${drive}`)).toBe(1);
  expect(count(behind("0x00"))).toBeNull();
  expect(countFreePorts(null)).toBeNull();
});
