import { describe, expect, it } from "vitest";
import { buildDomain } from "../build-domain";
import { withSizes } from "../edit-domain";
import { specOf } from "../golden/specs";
import { parseXml } from "../tree";
import { compareDomains } from "./compare-domains";
import { comparable, pendingChanges, restDiffers } from "./pending";

const own = buildDomain(specOf({}), { directIo: false, filter: null });
const sizes = { vcpus: 2, maxVcpus: 8, memoryKib: 262_144, maxMemoryKib: 1_048_576 };

const changed = (xml: string) => compareDomains(parseXml(own), parseXml(xml), true);

describe("a change in words", () => {
  it("tells sizes in one unit, however they are written", () => {
    expect(changed(own.replace('unit="KiB">524288', 'unit="MiB">512'))).toEqual([]);
    expect(changed(withSizes(own, sizes))).toMatchObject([
      { part: "maxMemory", facts: [{ from: "524288", to: "1048576", unit: "KiB" }] },
      { part: "vcpus", when: "next_boot", facts: [{ path: "@current" }, { path: "" }] },
      { part: "cpu", facts: [{ path: "topology@cores", from: "4", to: "8" }] },
    ]);
  });

  it("tells what is new and what is gone by its name, and not by its place", () => {
    const reordered = own.replace(/(<input [^>]+>)\n([\s\S]*?)(\s*<\/devices>)/, "$2\n$1$3");
    expect(reordered).not.toBe(own);
    expect(changed(reordered)).toEqual([]);
    const without = own.replace(/<disk type="volume" device="cdrom">[\s\S]*?<\/disk>/, "");
    expect(changed(without)).toMatchObject([{ part: "drive", kind: "removed", subject: "sda" }]);
  });

  it("a description is in force at once, the rest at the next boot", () => {
    const xml = own
      .replace("<memory ", "<description>web</description><memory ")
      .replace('model="virtio-scsi"', 'model="lsilogic"');
    expect(changed(xml)).toMatchObject([
      { part: "description", kind: "added", when: "now" },
      { part: "controller", kind: "changed", when: "next_boot", subject: "scsi 0" },
    ]);
  });
});

describe("what is pending", () => {
  const running = own
    .replace('<domain type="qemu">', '<domain type="qemu" id="7">')
    .replace("<os>", "<resource><partition>/machine</partition></resource><os>")
    .replace(
      '<source network="default"/>',
      '<source network="default" portid="x" bridge="virbr0"/><target dev="vnet0"/><alias name="net0"/>',
    )
    .replace('<serial type="pty">', '<serial type="pty"><source path="/dev/pts/1"/>')
    .replace(
      '<listen type="socket"/>',
      '<listen type="socket" socket="/var/lib/libvirt/qemu/domain-7-p/vnc.sock"/>',
    )
    .replace(
      "</domain>",
      '<seclabel type="dynamic" model="dac" relabel="yes"><label>+1:+1</label></seclabel></domain>',
    );

  it("is nothing when only a start has filled something in", () => {
    const [live, next] = [parseXml(running), parseXml(own)];
    expect(pendingChanges(live, next)).toEqual([]);
    expect(restDiffers(live, next)).toBe(false);
    expect(comparable(live, next)).toEqual(next);
  });

  it("is no screen's socket that was chosen beforehand", () => {
    const socket = "/run/portico/p.sock";
    const chosen = (xml: string) =>
      xml
        .replace('<graphics type="vnc"', `<graphics type="vnc" socket="${socket}"`)
        .replace(/<listen type="socket"[^>]*>/, `<listen type="socket" socket="${socket}"/>`);
    expect(pendingChanges(parseXml(chosen(running)), parseXml(chosen(own)))).toEqual([]);
  });

  it("is no drive that was emptied while the guest runs", () => {
    const drive = /(<disk type="volume" device="cdrom">[\s\S]*?)<source [^>]*>/;
    const empty = parseXml(own.replace(drive, "$1"));
    const emptied = parseXml(running.replace(drive, '$1<source index="2"/>'));
    expect(pendingChanges(emptied, empty)).toEqual([]);
    expect(pendingChanges(parseXml(running), empty)).toMatchObject([{ part: "drive" }]);
  });

  it("is no memory that was plugged in, which the next start has in one piece", () => {
    const before = { vcpus: 1, maxVcpus: 4, memoryKib: 262_144, maxMemoryKib: 262_144 };
    const after = { ...before, memoryKib: 393_216, maxMemoryKib: 393_216 };
    const limitKib = 8_388_608;
    const plugged = `<memory model="dimm"><target><size unit="KiB">131072</size><node>0</node></target></memory>`;
    const live = withSizes(running, before, limitKib)
      .replace(/(<memory unit="KiB">|<currentMemory unit="KiB">)262144/g, "$1393216")
      .replace("<rng", `${plugged}<rng`);
    const next = parseXml(withSizes(own, after, limitKib));
    expect(pendingChanges(parseXml(live), next)).toEqual([]);
    expect(comparable(parseXml(live), next)).toEqual(next);
    // Of a module that is defined the next start has as much.
    const defined = parseXml(withSizes(own, after, limitKib).replace("<rng", `${plugged}<rng`));
    expect(pendingChanges(parseXml(live), defined)).not.toEqual([]);
  });

  it("is what the next boot has otherwise; sizes are judged elsewhere", () => {
    const next = parseXml(withSizes(own, sizes));
    expect(pendingChanges(parseXml(running), next).map(({ part }) => part)).toContain("vcpus");
    const tablet = parseXml(own.replace(/<input [^>]+>/, ""));
    expect(pendingChanges(parseXml(running), tablet)).toMatchObject([
      { part: "input", kind: "removed" },
    ]);
    expect(restDiffers(parseXml(running), tablet)).toBe(true);
  });
});
