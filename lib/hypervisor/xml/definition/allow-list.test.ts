import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultLimits, noAmounts } from "@/lib/model/quota";
import { buildDomain } from "../build-domain";
import { goldenSpecs, specOf } from "../golden/specs";
import { macOf } from "../mac";
import { readSizes } from "../parse-domain";
import { parseXml, printXml } from "../tree";
import { findUnusual } from "./find-unusual";
import { type DefinitionPlanInput, planDefinition } from "./plan-definition";
import { readTyped } from "./read-typed";
import { unveiled, veiled } from "./veil";

const spec = specOf({});
const own = buildDomain(spec, { directIo: true, filter: null });

function plan(xml: string, change: Partial<DefinitionPlanInput> = {}) {
  const current = parseXml(own);
  const sizes = readSizes(current);
  return planDefinition({
    digest: "d",
    current,
    asked: readTyped(xml),
    running: true,
    disks: new Set(),
    ours: {
      volumes: new Set([
        `disk ${spec.disk.pool}/${spec.disk.volume}`,
        `cdrom ${spec.cdrom?.pool}/${spec.cdrom?.volume}`,
      ]),
      networks: new Set(["default"]),
      macs: new Set([macOf(spec.uuid, 0)]),
    },
    mayBeUnusual: false,
    row: sizes,
    reported: { live: sizes, next: sizes, bootId: "b" },
    quota: { limits: defaultLimits, used: noAmounts },
    host: { cpuCount: 8, memoryKib: 32 * 1024 ** 2 },
    ...change,
  });
}

const device = (xml: string) => own.replace("</devices>", `${xml}</devices>`);
const element = (xml: string) => own.replace("</domain>", `${xml}</domain>`);
const swap = (from: string | RegExp, to: string) => {
  const swapped = own.replace(from, to);
  expect(swapped).not.toBe(own);
  return swapped;
};
const diskOf = (source: string, type = "file") =>
  device(`<disk type="${type}" device="disk">${source}<target dev="vdb" bus="virtio"/></disk>`);

/** What libvirt itself takes, and a project must not bring. */
const hostile: Record<string, string> = {
  "host file": diskOf('<source file="/etc/shadow"/>'),
  "host device": diskOf('<source dev="/dev/sda"/>', "block"),
  "network disk": diskOf(
    '<source protocol="nbd" name="x"><host name="10.0.0.1"/></source>',
    "network",
  ),
  "another project's volume": diskOf(
    '<source pool="portico-disks" volume="other.qcow2"/>',
    "volume",
  ),
  "own disk in another's pool": diskOf(
    '<source pool="other" volume="k3v7q2m9x4-0.qcow2"/>',
    "volume",
  ),
  "backing file": diskOf(
    '<source pool="portico-disks" volume="k3v7q2m9x4-0.qcow2"/><backingStore type="file"><source file="/etc/shadow"/></backingStore>',
    "volume",
  ),
  "image as a disk that can be written": diskOf(
    '<source pool="portico-images" volume="h6j4d8s2f5.iso"/>',
    "volume",
  ),
  filesystem: device('<filesystem type="mount"><source dir="/"/><target dir="r"/></filesystem>'),
  "qemu arguments": element(
    '<qemu:commandline xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0"><qemu:arg value="-S"/></qemu:commandline>',
  ),
  "serial into a file": device('<serial type="file"><source path="/etc/cron.d/evil"/></serial>'),
  "log of a serial": swap(
    '<serial type="pty">',
    '<serial type="pty"><log file="/etc/cron.d/evil"/>',
  ),
  "libvirt's own socket": device(
    '<channel type="unix"><source mode="connect" path="/run/libvirt/libvirt-sock"/><target type="virtio" name="x"/></channel>',
  ),
  kernel: swap("</os>", "<kernel>/etc/shadow</kernel></os>"),
  loader: swap("</os>", '<loader type="rom">/etc/shadow</loader></os>'),
  emulator: device("<emulator>/bin/sh</emulator>"),
  "pci device": device(
    '<hostdev mode="subsystem" type="pci"><source><address domain="0" bus="0" slot="2" function="0"/></source></hostdev>',
  ),
  "usb device": device(
    '<hostdev mode="subsystem" type="usb"><source><vendor id="0x1"/></source></hostdev>',
  ),
  tpm: device('<tpm><backend type="passthrough"><device path="/dev/tpm0"/></backend></tpm>'),
  "shared memory": device('<shmem name="x"/>'),
  macvtap: swap('<interface type="network">', '<interface type="direct">'),
  bridge: swap('<source network="default"/>', '<source bridge="br0"/>'),
  "another network": swap('<source network="default"/>', '<source network="theirs"/>'),
  script: swap('<model type="virtio"/>', '<model type="virtio"/><script path="/tmp/x"/>'),
  "chosen MAC": swap(/<mac address="[^"]+"/, '<mac address="52:54:00:00:00:01"'),
  "security label": element('<seclabel type="none"/>'),
  "root label": element('<seclabel type="static" model="dac"><label>root:root</label></seclabel>'),
  "VNC on an address": swap(
    '<listen type="socket"/>',
    '<listen type="address" address="0.0.0.0"/>',
  ),
  "VNC on a port": swap('<graphics type="vnc"', '<graphics type="vnc" port="5901"'),
  "VNC password": swap('<graphics type="vnc"', '<graphics type="vnc" passwd="x"'),
  "dump at a crash": swap("<on_crash>destroy", "<on_crash>coredump-destroy"),
  "pinned processors": element('<cputune><vcpupin vcpu="0" cpuset="0"/></cputune>'),
  "memory of the host": element("<memoryBacking><hugepages/></memoryBacking>"),
  "I/O limits": swap(
    "<serial>k3v",
    "<iotune><total_bytes_sec>1</total_bytes_sec></iotune><serial>k3v",
  ),
  "another random source": swap("/dev/urandom", "/dev/sda"),
  "an egd": swap(
    '<backend model="random">/dev/urandom</backend>',
    '<backend model="egd" type="udp"/>',
  ),
  "another UUID": swap(spec.uuid, "0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a99"),
  "another name": swap(`<name>${spec.domainName}`, "<name>p-other"),
  "forged owner": swap(spec.projectId, "otherproject"),
  "a second owner": swap(
    "</metadata>",
    '<x:vm xmlns:x="https://portico.dev/xmlns/1" id="a" project="b"/></metadata>',
  ),
  "1 EiB of memory": swap(/<memory unit="KiB">\d+/, '<memory unit="KiB">1125899906842624'),
  "no memory at all": swap(/<memory unit="KiB">\d+/, '<memory unit="KiB">0'),
  "a million vCPUs": swap(/<vcpu ([^>]+)>\d+/, "<vcpu $1>1000000"),
  "a second set of devices": element('<devices><hostdev mode="subsystem" type="usb"/></devices>'),
};

describe("a project's own definition", () => {
  it.each(Object.entries(goldenSpecs))("%s: what Portico writes is allowed", (_name, golden) => {
    expect(
      findUnusual(
        parseXml(
          buildDomain({ ...golden, consoleSocketPath: null }, { directIo: true, filter: null }),
        ),
      ),
    ).toEqual([]);
  });

  it("unchanged is possible and changes nothing", () => {
    expect(plan(own)).toMatchObject({ possible: true, changed: false, refusals: [], unusual: [] });
  });

  it("a shared clipboard is nothing unusual", () => {
    const source = '<source><clipboard copypaste="yes"/><mouse mode="server"/></source>';
    const target = '<target type="virtio" name="com.redhat.spice.0"/>';
    const xml = device(`<channel type="qemu-vdagent">${source}${target}</channel>`);
    expect(plan(xml)).toMatchObject({ possible: true, changed: true, refusals: [], unusual: [] });
  });

  it.each(Object.entries(hostile))("refuses %s", (_name, xml) => {
    const { possible, refusals } = plan(xml);
    expect({ possible, refusals }).toEqual({ possible: false, refusals: expect.any(Array) });
    expect(refusals.length).toBeGreaterThan(0);
  });

  it.each(["filesystem", "qemu arguments", "pci device", "security label", "VNC on an address"])(
    "%s is an administrator's, who has to prove who he is",
    (name) => {
      const planned = plan(hostile[name] ?? "", { mayBeUnusual: true });
      expect(planned).toMatchObject({ possible: true, needsProof: true });
      expect(planned.unusual.length).toBeGreaterThan(0);
    },
  );

  it.each(["another UUID", "another name", "forged owner", "a second owner", "1 EiB of memory"])(
    "%s is nobody's",
    (name) => {
      expect(plan(hostile[name] ?? "", { mayBeUnusual: true }).possible).toBe(false);
    },
  );

  it("keeps the limits that an administrator has set", () => {
    const current = parseXml(hostile["I/O limits"] ?? "");
    expect(plan(own, { current })).toMatchObject({
      possible: false,
      unusual: [{ kind: "element", path: "devices/disk[vda]/iotune" }],
    });
    expect(plan(printXml(current), { current })).toMatchObject({ possible: true, unusual: [] });
  });
});

it("a project cannot take its cards out of the network filter", () => {
  const current = parseXml(buildDomain(spec, { directIo: true, filter: "clean-traffic" }));
  const planned = plan(own, { current });
  expect(planned.refusals).toMatchObject([{ key: "unusual" }]);
  expect(planned.unusual[0]?.path).toMatch(/^devices\/interface\[.*\/filterref$/);
});

describe("what is typed", () => {
  it.each([
    ["DOCTYPE", '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><domain>&e;</domain>'],
    ["laughs", '<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><domain>&b;</domain>'],
    ["parameter entity", '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://x/">%p;]><domain/>'],
    ["lower case", "<!doctype d><domain/>"],
    ["unknown entity", "<domain><name>&xxe;</name></domain>"],
    ["instruction", '<domain><?xml-stylesheet href="x"?></domain>'],
    ["too long", `<domain>${" ".repeat(128 * 1024)}</domain>`],
    ["too deep", `<domain>${"<a>".repeat(30)}${"</a>".repeat(30)}</domain>`],
    ["100,000 deep", `${"<a>".repeat(100_000)}`],
    ["too many", `<domain>${"<a/>".repeat(4_001)}</domain>`],
    ["prototype", "<domain><__proto__ x='1'><constructor/></__proto__></domain>"],
    ["another root", "<network/>"],
    ["two roots", "<domain/><domain/>"],
    ["nothing", ""],
    ["no XML", "hello"],
  ])("%s is refused", (_name, xml) => {
    expect(() => readTyped(xml)).toThrowError(expect.objectContaining({ code: "input.invalid" }));
  });

  it("a comment may say anything", () => {
    expect(readTyped("<domain><!-- <!ELEMENT &x; --><name>a</name></domain>").name).toBe("domain");
  });
});

describe("what a tenant reads", () => {
  const full =
    hostile["log of a serial"]?.replace(
      "</devices>",
      '<emulator>/usr/bin/qemu</emulator><hostdev mode="subsystem" type="usb"><source><vendor id="0x1"/></source></hostdev></devices>',
    ) ?? "";
  const current = parseXml(
    full.replace('<listen type="socket"/>', '<listen type="socket" socket="/run/p.sock"/>'),
  );

  it("names nothing of the host, and comes back whole", () => {
    const shown = printXml(veiled(current));
    expect(shown).not.toMatch(/\/etc|\/usr|\/run|0x1|vendor/);
    expect(shown).toContain(spec.disk.volume);
    expect(printXml(unveiled(readTyped(shown), current))).toBe(printXml(current));
  });

  it("cannot be used to name something that is not there", () => {
    const asked = readTyped(device("<tpm>(hidden)</tpm>"));
    expect(() => unveiled(asked, current)).toThrowError(
      expect.objectContaining({ code: "input.invalid" }),
    );
  });
});

const folder = join(import.meta.dirname, "..", "golden", "virt-install");
describe("definitions that others made", () => {
  it.each(readdirSync(folder))("%s: an unchanged edit changes nothing", (name) => {
    const current = parseXml(readFileSync(join(folder, name), "utf8"));
    const text = printXml(current);
    const again = readTyped(text);
    expect(printXml(again)).toBe(text);
    const planned = plan(text, { current });
    expect(planned).toMatchObject({ changed: false, changes: [], unusual: [], refusals: [] });
    expect(planned.after).toBe(text);
    expect(printXml(unveiled(readTyped(printXml(veiled(current))), current))).toBe(text);
  });
});

it("leaves the project's disks where they are, and its words such as a VM can have", () => {
  const disks = new Set(["vda"]);
  const keys = (xml: string) =>
    plan(xml, { disks, mayBeUnusual: true }).refusals.map(({ key, values }) => [
      key,
      values.target,
    ]);
  const source = /<source pool="portico-disks" volume="[^"]*"/;
  expect(keys(swap(/<disk type="volume" device="disk">.*?<\/disk>/s, ""))).toEqual([
    ["disk", "vda"],
  ]);
  expect(keys(swap(source, '<source file="/other.qcow2"'))).toEqual([["disk", "vda"]]);
  expect(keys(swap(/<title>[^<]*/, "<title>")).map(([key]) => key)).toEqual(["title"]);
  expect(keys(swap(/<title>[^<]*/, "<title>another"))).toEqual([]);
  expect(keys(swap("<metadata>", "<description> one</description><metadata>"))).toEqual([
    ["description", undefined],
  ]);
});
