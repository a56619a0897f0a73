import { describe, expect, it } from "vitest";
import { parseDomain } from "./parse-domain";

const wrap = (inner: string, attributes = "type='kvm' id='7'") =>
  `<domain ${attributes}><name>n</name><uuid>0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a34</uuid>${inner}</domain>`;

describe("parseDomain", () => {
  it("reads a live definition", () => {
    const parsed = parseDomain(
      wrap(`<title>a &amp; b</title><memory unit='GiB'>2</memory><currentMemory unit='MiB'>512</currentMemory>
        <vcpu placement='static' current='3'>4</vcpu>
        <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><loader readonly='yes' type='pflash'>/x</loader></os>
        <devices>
          <disk type='volume' device='disk'><driver name='qemu' type='qcow2'/><source pool='p' volume='v.qcow2' index='2'/><target dev='vda' bus='virtio'/><boot order='1'/></disk>
          <disk type='file' device='cdrom'><source index='3'/><target dev='sda' bus='scsi'/></disk>
          <disk type='file'><source file='/a/b.img'/><target dev='vdb' bus='virtio'/></disk>
          <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default' portid='x' bridge='virbr0'/><target dev='vnet3'/><model type='virtio'/><bandwidth><inbound average='0'/><outbound average='512' burst='64'/></bandwidth></interface>
          <interface type='user'><mac address='52:54:00:00:00:02'/><link state='down'/></interface>
          <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='connected'/></channel>
          <graphics type='vnc' socket='/s'><listen type='socket' socket='/s'/></graphics>
        </devices>`),
    );
    expect(parsed).toMatchObject({
      id: 7,
      title: "a & b",
      owner: null,
      virtType: "kvm",
      firmware: "uefi",
      machine: "pc-q35-7.2",
      sizes: { vcpus: 3, maxVcpus: 4, memoryKib: 524_288, maxMemoryKib: 2_097_152 },
      agentConnected: true,
      consoles: [{ type: "vnc", listen: "socket", socketPath: "/s" }],
    });
    expect(parsed.disks).toMatchObject([
      { target: "vda", device: "disk", format: "qcow2", pool: "p", volume: "v.qcow2", path: null },
      { target: "sda", device: "cdrom", pool: null, volume: null, path: null },
      { target: "vdb", device: "disk", path: "/a/b.img", bootOrder: null },
    ]);
    const limits = { inbound: null, outbound: { average: 512, peak: null, burst: 64 } };
    expect(parsed.nics).toMatchObject([
      { mac: "52:54:00:00:00:01", type: "network", network: "default", model: "virtio", limits },
      { mac: "52:54:00:00:00:02", type: "user", network: "user", model: "", tap: null },
    ]);
    expect(parsed.nics.map(({ tap, linkUp }) => [tap, linkUp])).toEqual([
      ["vnet3", true],
      [null, false],
    ]);
  });

  it("tells an agent that is not there", () => {
    const channel = (state: string) =>
      `<devices><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' ${state}/></channel></devices>`;
    expect(parseDomain(wrap(channel("state='disconnected'"))).agentConnected).toBe(false);
    expect(parseDomain(wrap(channel(""))).agentConnected).toBe(false);
  });

  it.each([
    ["<listen type='address' address='0.0.0.0'/>", "other"],
    ["", "other"],
    ["<listen type='socket' socket='/s'/><listen type='address' address='::'/>", "other"],
    ["<listen type='socket' socket='/s'/>", "socket"],
  ])("calls the console of %s a %s", (listen, kind) => {
    const [console] = parseDomain(
      wrap(`<devices><graphics type='vnc'>${listen}</graphics></devices>`),
    ).consoles;
    expect(console?.listen).toBe(kind);
    expect(console?.socketPath).toBe(kind === "socket" ? "/s" : null);
  });

  it("takes ownership from our namespace only, under any prefix", () => {
    const owner = (metadata: string) => parseDomain(wrap(`<metadata>${metadata}</metadata>`)).owner;
    const ours = "https://portico.dev/xmlns/1";
    expect(owner(`<z:vm xmlns:z='${ours}' id='a' project='b'/>`)).toEqual({
      vmId: "a",
      projectId: "b",
    });
    expect(owner(`<vm xmlns='${ours}' id='a' project='b'/>`)).not.toBeNull();
    expect(owner(`<portico:vm xmlns:portico='urn:other' id='a' project='b'/>`)).toBeNull();
    expect(owner(`<z:vm xmlns:z='${ours}' id='a'/>`)).toBeNull();
  });

  it("refuses other documents", () => {
    expect(() => parseDomain("<network><name>n</name><uuid>u</uuid></network>")).toThrow();
    expect(() => parseDomain("<domain/>")).toThrow();
  });
});
