import { describe, expect, it } from "vitest";
import { parseVolume } from "./volume-facts";

const file = `<volume type='file'>
  <name>a.qcow2</name>
  <capacity unit='bytes'>2147483648</capacity>
  <allocation unit='bytes'>200704</allocation>
  <physical unit='bytes'>196616</physical>
  <target>
    <path>/pool/a.qcow2</path>
    <format type='qcow2'/>
    <timestamps><mtime>1795770437.238878763</mtime></timestamps>
    <encryption format='luks'><secret type='passphrase' uuid='x'/></encryption>
    <compat>1.1</compat>
    <clusterSize unit='B'>65536</clusterSize>
    <features><lazy_refcounts/></features>
  </target>
  <backingStore><path>/pool/b.raw</path><format type='raw'/></backingStore>
</volume>`;

describe("libvirt's XML of a volume", () => {
  it("tells format, sizes, features and what lies below", () => {
    expect(parseVolume(file)).toEqual({
      path: "/pool/a.qcow2",
      format: "qcow2",
      capacityBytes: 2 ** 31,
      allocationBytes: 200_704,
      physicalBytes: 196_616,
      compat: "1.1",
      clusterBytes: 65_536,
      features: ["lazy_refcounts"],
      encryption: "luks",
      backing: { path: "/pool/b.raw", format: "raw" },
      changedAt: "1795770437.238878763",
    });
  });

  it("leaves out what it does not say", () => {
    const raw =
      "<volume><capacity unit='bytes'>1</capacity><target><format type='raw'/></target><backingStore/></volume>";
    expect(parseVolume(raw)).toEqual({
      path: null,
      format: "raw",
      capacityBytes: 1,
      allocationBytes: 0,
      physicalBytes: null,
      compat: null,
      clusterBytes: null,
      features: [],
      encryption: null,
      backing: null,
      changedAt: null,
    });
  });
});
