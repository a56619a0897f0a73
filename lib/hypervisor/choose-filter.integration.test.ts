import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import { chooseFilter } from "./choose-filter";
import { ensureHostReady } from "./ensure-host-ready";
import type { SupervisedHost } from "./host";
import { linkOf } from "./link";
import { connectTestHost } from "./testing/test-host";
import { defineVm } from "./vm/define-vm";
import { undefineVm } from "./vm/undefine-vm";
import { specOf } from "./xml/golden/specs";
import { macOf } from "./xml/mac";
import { filterElement } from "./xml/traffic-filter";
import { printXml } from "./xml/tree";

let peer: PrivateHost;
let host: SupervisedHost;

beforeAll(async () => {
  peer = await startPrivateHost({ name: "filter" });
  host = await connectTestHost(peer.uri);
  await ensureHostReady(host);
});
afterAll(async () => {
  await host?.stop();
  await peer?.stop();
});

// Not by `ebtables -L`: that one writes as well, and libvirt's rules fail when it does so between two
// of them; a card is then left with the rules from before its lease.
const rules = () => peer.inside(["nft", "list", "table", "bridge", "nat"]);
const sh = (script: string) => peer.inside(["bash", "-c", `set -e; ${script}`]);
/** Writes XML where libvirt's own tool can read it. */
async function file(name: string, xml: string): Promise<string> {
  const path = join(peer.dir, name);
  await writeFile(path, xml);
  return path;
}

it("a new guest's card has the filter, and a host without it has guests all the same", async () => {
  const spec = specOf({
    uuid: "7d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b6c02",
    domainName: "p-filter",
    memoryKib: 65_536,
    maxMemoryKib: 65_536,
    disk: { pool: "portico-disks", volume: "p-filter-0.qcow2", format: "qcow2", serial: "f" },
    cdrom: null,
    consoleSocketPath: join(peer.consoleDir, "p-filter.sock"),
  });
  await peer.virsh([
    "vol-create-as",
    "portico-disks",
    "p-filter-0.qcow2",
    "1M",
    "--format",
    "qcow2",
  ]);
  await defineVm(host, spec);
  await peer.virsh(["start", "p-filter"]);
  expect(await peer.virsh(["nwfilter-binding-list"])).toContain("clean-traffic");
  await eventually("its rules", async () => expect(await rules()).toContain(macOf(spec.uuid, 0)));
  await peer.virsh(["destroy", "p-filter"]);
  await eventually("their end", async () =>
    expect(await rules()).not.toContain(macOf(spec.uuid, 0)),
  );
  await undefineVm(host, spec.uuid);

  const kept = await file("kept.xml", await peer.virsh(["nwfilter-dumpxml", "clean-traffic"]));
  await peer.virsh(["nwfilter-undefine", "clean-traffic"]);
  expect(await chooseFilter(linkOf(host), "default")).toBeNull();
  await defineVm(host, spec);
  expect(await peer.virsh(["dumpxml", "p-filter"])).not.toContain("filterref");
  await undefineVm(host, spec.uuid);
  await peer.virsh(["nwfilter-define", kept]);
  expect(await chooseFilter(linkOf(host), "default")).toBe("clean-traffic");
  expect(await chooseFilter(linkOf(host), "user")).toBeNull();
  expect(await chooseFilter(linkOf(host), "nowhere")).toBeNull();
});

it("a guest behind it gets its address by DHCP, and from then on may be nobody else", async () => {
  const mac = "52:54:00:00:00:98";
  const guest = await file(
    "pxe.xml",
    `<domain type='qemu'><name>pxe</name><memory unit='MiB'>64</memory><os><type machine='q35'>hvm</type>
     <boot dev='network'/></os><devices><interface type='network'><mac address='${mac}'/><source network='default'/>
     <model type='e1000'/>${printXml(filterElement("clean-traffic"))}</interface></devices></domain>`,
  );
  await peer.virsh(["define", guest]);
  await peer.virsh(["start", "pxe"]);
  // Its firmware asks for an address to boot from the network.
  const address = await eventually(
    "the lease in the rules",
    async () => {
      const leases = await peer.virsh(["net-dhcp-leases", "default", mac]);
      const given = leases.match(/(\d+(?:\.\d+){3})\//)?.[1] ?? "no lease";
      expect(await rules()).toContain(`ip saddr ${given} `);
      return given;
    },
    100_000,
  );
  // A libvirtd that starts anew must not cut a guest off that has long had its address.
  await peer.kill("SIGTERM");
  await sh("ebtables -t nat -F; ebtables -t nat -X");
  await peer.restart();
  await eventually("the rules once more", async () => {
    // By QEMU's own word, which waits its turn: the state alone is given while libvirtd still makes
    // its way back to the guest, and one that is destroyed meanwhile "is not running".
    const said = await peer.virsh(["qemu-monitor-command", "pxe", "--hmp", "info status"]);
    expect(said).toContain("running");
    expect(await rules()).toContain(`ip saddr ${address} `);
  });
  await peer.virsh(["destroy", "pxe"]);
  await peer.virsh(["undefine", "pxe"]);
}, 120_000);

it.each([
  ["clean-traffic", "<parameter name='IP' value='192.168.122.77'/>", false],
  ["no-mac-spoofing", "", true],
])(
  "frames with a forged sender do not pass %s",
  async (filter, parameter, otherAddress) => {
    const mac = "52:54:00:00:00:77";
    // A namespace stands for the guest: what it sends comes to the bridge as from a guest's tap.
    await sh(`ip netns add guest
    ip link add vf0 type veth peer name eth0 netns guest
    ip link set vf0 master virbr0 up
    ip -n guest link set eth0 address ${mac} up`);
    const binding = await file(
      "binding.xml",
      `<filterbinding><owner><name>guest</name><uuid>7d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b6c03</uuid></owner>
     <portdev name='vf0'/><mac address='${mac}'/>
     <filterref filter='${filter}'>${parameter}</filterref></filterbinding>`,
    );
    await peer.virsh(["nwfilter-binding-create", binding]);
    /** Whether the network's own DNS server answers who uses these addresses. */
    const answered = (as: string, from: string) =>
      sh(`ip -n guest link set eth0 address ${as}
      ip -n guest address flush dev eth0
      ip -n guest address add ${from}/24 dev eth0
      ip neigh flush dev virbr0
      ip netns exec guest timeout 3 bash -c 'exec 3<>/dev/tcp/192.168.122.1/53'`).then(
        () => true,
        () => false,
      );
    await eventually(
      "its own addresses",
      async () => expect(await answered(mac, "192.168.122.77")).toBe(true),
      30_000,
    );
    expect(await answered("52:54:00:00:00:78", "192.168.122.77")).toBe(false);
    expect(await answered(mac, "192.168.122.78")).toBe(otherAddress);
    expect(await answered(mac, "192.168.122.77")).toBe(true);
    await peer.virsh(["nwfilter-binding-delete", "vf0"]);
    // Without the filter the forged ones pass: the filter is what stopped them.
    expect(await answered("52:54:00:00:00:78", "192.168.122.78")).toBe(true);
    await sh("ip link delete vf0; ip netns delete guest");
  },
  90_000,
);
