import { describe, expect, it } from "vitest";
import { readClipboard, withClipboard } from "./clipboard";
import { parseXml, printXml } from "./tree";

const domain = (devices: string) =>
  parseXml(`<domain><name>x</name><devices>${devices}</devices></domain>`);
const agent =
  "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='connected'/></channel>";
const channel = (source: string, state = "") =>
  `<channel type='qemu-vdagent'><source>${source}</source><target type='virtio' name='com.redhat.spice.0' ${state}/></channel>`;
const copies = "<clipboard copypaste='yes'/>";
const spice =
  "<channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>";

describe("readClipboard", () => {
  it.each([
    [agent, false, false],
    [channel(copies), true, false],
    [channel(copies, "state='disconnected'"), true, false],
    [agent + channel(copies, "state='connected'"), true, true],
    [channel("<clipboard copypaste='no'/>", "state='connected'"), false, true],
    [channel("<mouse mode='client'/>"), false, false],
    [spice, false, false],
  ])("%s", (devices, on, open) => {
    expect(readClipboard(domain(devices))).toEqual({ on, agent: on && open });
  });
});

describe("withClipboard", () => {
  it("adds the one channel, and takes out what it had added", () => {
    const before = domain(agent);
    const there = withClipboard(before, true);
    expect(readClipboard(there)).toEqual({ on: true, agent: false });
    expect(printXml(there)).toContain('<mouse mode="server"/>');
    expect(withClipboard(there, true)).toBe(there);
    expect(printXml(withClipboard(there, false))).toBe(printXml(before));
    expect(withClipboard(before, false)).toBe(before);
  });

  it.each([spice, channel("<clipboard copypaste='no'/>")])(
    "takes the place of another channel of that name: %s",
    (other) => {
      const there = withClipboard(domain(agent + other), true);
      expect(printXml(there).match(/com\.redhat\.spice\.0/g)).toHaveLength(1);
      expect(readClipboard(there).on).toBe(true);
    },
  );
});
