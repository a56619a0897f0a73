import { describe, expect, it } from "vitest";
import { buildNatNetwork, parseNetwork } from "./network";

describe("network XML", () => {
  it("reads what it writes", () => {
    expect(parseNetwork(buildNatNetwork({ name: "default", prefix: "192.168.122" }))).toEqual({
      name: "default",
      mode: "nat",
      bridge: null,
      address: "192.168.122.1/24",
      dhcp: true,
    });
  });

  it.each([
    ["<network><name>a</name><bridge name='virbr1'/></network>", "isolated", "virbr1", null],
    ["<network><name>a</name><forward/></network>", "nat", null, null],
    [
      "<network><name>a</name><forward mode='route'/><ip address='10.0.0.1' prefix='12'/></network>",
      "route",
      null,
      "10.0.0.1/12",
    ],
    ["<network><name>a</name><forward mode='passthrough'/></network>", "other", null, null],
    [
      "<network><name>a</name><forward mode='bridge'/><bridge name='br0'/></network>",
      "bridge",
      "br0",
      null,
    ],
  ])("reads %s", (xml, mode, bridge, address) => {
    expect(parseNetwork(xml)).toEqual({ name: "a", mode, bridge, address, dhcp: false });
  });
});
