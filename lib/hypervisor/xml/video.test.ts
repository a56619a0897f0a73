import { expect, test } from "vitest";
import { parseXml, printXml } from "./tree";
import { readVideo, withVideo } from "./video";

const domain = (devices: string) =>
  parseXml(`<domain><name>p-web</name><devices>${devices}</devices></domain>`);
const video = (type: string, more = "") => `<video><model type="${type}"${more}/></video>`;

test.each([
  [video("virtio"), "virtio"],
  [video("vga"), "vga"],
  [video("qxl"), "other"],
  [video("none"), "none"],
  ["", "none"],
  [video("qxl") + video("virtio", ' primary="yes"'), "virtio"],
])("%s is %s", (devices, model) => {
  expect(readVideo(domain(devices))).toBe(model);
});

test("the primary graphics are changed, and nothing else", () => {
  const address = '<address type="pci" slot="0x01"/>';
  const before = domain(
    `<disk/><video><model type="vga" vram="16384" primary="yes"/>${address}</video>${video("qxl")}<rng/>`,
  );
  const after = withVideo(before, "virtio");
  const shown = printXml(after).replace(/\n\s*/g, "");
  expect(shown).toContain(
    '<disk/><video><model type="virtio" heads="1" primary="yes"/><address type="pci" slot="0x01"/></video><video><model type="qxl"/></video><rng/>',
  );
  expect(readVideo(after)).toBe("virtio");
});

test("graphics that are as asked keep every word, and a VM without any gets some", () => {
  const same = domain('<video><model type="virtio" heads="4"/></video>');
  expect(withVideo(same, "virtio")).toBe(same);
  expect(readVideo(withVideo(domain("<rng/>"), "vga"))).toBe("vga");
});
