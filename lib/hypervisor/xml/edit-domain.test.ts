import { describe, expect, it } from "vitest";
import { buildDomain } from "./build-domain";
import { withSizes } from "./edit-domain";
import { specOf } from "./golden/specs";
import { parseDomain } from "./parse-domain";
import { attribute, find } from "./query";
import { parseXml } from "./tree";

const sizes = { vcpus: 6, maxVcpus: 8, memoryKib: 1_000_000, maxMemoryKib: 2_000_000 };

describe("withSizes", () => {
  it("changes the sizes and nothing else", () => {
    const before = buildDomain(specOf({}), { directIo: false, filter: null });
    const after = withSizes(before, sizes);
    expect(parseDomain(after).sizes).toEqual(sizes);
    const back = { vcpus: 1, maxVcpus: 4, memoryKib: 262_144, maxMemoryKib: 524_288 };
    expect(withSizes(after, back)).toBe(before);
  });

  it("keeps elements and namespaces that it does not know", () => {
    const xml = `<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
      <name>x</name><uuid>0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a34</uuid>
      <metadata><o:x xmlns:o='urn:o'> keep &lt;me&gt; </o:x></metadata>
      <memory>1024</memory><vcpu cpuset='0-1'>2</vcpu>
      <vcpus><vcpu id='0' enabled='yes' hotpluggable='no'/></vcpus>
      <future a='1'><deep/></future>
      <qemu:commandline><qemu:arg value='-foo'/></qemu:commandline></domain>`;
    const root = parseXml(withSizes(xml, sizes));
    expect(find(root, "metadata/o:x")?.children).toEqual([" keep <me> "]);
    expect(find(root, "future/deep")).not.toBeNull();
    expect(attribute(find(root, "qemu:commandline/qemu:arg"), "value")).toBe("-foo");
    expect(find(root, "vcpu")?.attributes).toEqual({ cpuset: "0-1", current: "6" });
    expect(find(root, "vcpus")).toBeNull();
    expect(find(root, "currentMemory")?.children).toEqual(["1000000"]);
  });

  it.each([
    ["fits", "sockets='2' cores='2' threads='1'", "4"],
    ["cannot fit", "sockets='3' cores='1' threads='1'", null],
  ])("keeps a topology that %s", (_name, topology, cores) => {
    const xml = `<domain type='kvm'><name>x</name><uuid>u</uuid><memory>1</memory><vcpu>4</vcpu><cpu><topology ${topology}/></cpu></domain>`;
    expect(attribute(find(parseXml(withSizes(xml, sizes)), "cpu/topology"), "cores")).toBe(cores);
  });

  it("makes places for memory modules, fits them to the memory, and takes them away", () => {
    const plain = buildDomain(specOf({}), { directIo: false, filter: null });
    const limitKib = 8_388_608;
    const back = { vcpus: 1, maxVcpus: 4, memoryKib: 262_144, maxMemoryKib: 524_288 };
    const ready = withSizes(plain, back, limitKib);
    const cellOf = (xml: string) => find(parseXml(xml), "cpu/numa/cell")?.attributes;
    expect(parseDomain(ready).moduleRoom).toEqual({ limitKib, freeSlots: 16 });
    expect(cellOf(ready)).toEqual({ id: "0", cpus: "0-3", memory: "524288", unit: "KiB" });
    const built = buildDomain(specOf({ modulesLimitKib: limitKib }), {
      directIo: false,
      filter: null,
    });
    expect(withSizes(built, back)).toBe(built);
    expect(parseDomain(built).moduleRoom).toEqual({ limitKib, freeSlots: 16 });

    const grown = withSizes(ready, sizes);
    expect(parseDomain(grown)).toMatchObject({ sizes, moduleRoom: { limitKib } });
    expect(cellOf(grown)).toMatchObject({ cpus: "0-7", memory: "2000000" });
    expect(withSizes(withSizes(ready, sizes, null), back)).toBe(plain);
    const full = { ...sizes, maxMemoryKib: limitKib };
    expect(parseDomain(withSizes(ready, full)).moduleRoom).toBeNull();
  });

  it("refuses what is not a domain", () => {
    expect(() => withSizes("<network/>", sizes)).toThrow("not a domain");
  });
});
