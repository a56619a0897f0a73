import { expect, it } from "vitest";
import { buildNatNetwork } from "./network";
import { filterElement, filterForNetwork } from "./traffic-filter";
import { printXml } from "./tree";

const bridge = "<bridge name='virbr7'/>";
const dhcp = "<ip address='10.0.0.1'><dhcp><range start='10.0.0.2' end='10.0.0.9'/></dhcp></ip>";
const ipv6 = "<ip family='ipv6' address='fd00::1' prefix='64'/>";
const network = (...inside: string[]) => `<network><name>n</name>${inside.join("")}</network>`;

it.each([
  ["with DHCP", network(bridge, dhcp), "clean-traffic"],
  ["without DHCP", network(bridge, "<ip address='10.0.0.1'/>"), "no-mac-spoofing"],
  ["without an address", network(bridge), "no-mac-spoofing"],
  ["with IPv6, which the stricter one drops", network(bridge, dhcp, ipv6), "no-mac-spoofing"],
  ["on macvtap", network("<forward mode='bridge'><interface dev='eth0'/></forward>"), null],
  ["on Open vSwitch", network(bridge, "<virtualport type='openvswitch'/>"), null],
])("a network %s", (_what, xml, filter) => {
  expect(filterForNetwork(xml)).toBe(filter);
});

it("a network that libvirt has not yet given a bridge has no filter", () => {
  expect(filterForNetwork(buildNatNetwork({ name: "n", prefix: "10.0.0" }))).toBeNull();
});

it("leases, not the first address used, say what a guest may be", () => {
  expect(printXml(filterElement("clean-traffic"))).toContain(
    '<parameter name="CTRL_IP_LEARNING" value="dhcp"',
  );
  expect(printXml(filterElement("no-mac-spoofing"))).not.toContain("parameter");
});
