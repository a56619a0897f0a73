import { expect, it } from "vitest";
import { parseXml, printXml } from "./tree";
import { readTuning, withTuning } from "./tuning";

const plain = parseXml(`<domain><name>web</name><memoryBacking><locked/></memoryBacking><devices>
  <disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/>
  <target dev='vda' bus='virtio'/></disk>
  <disk type='file' device='cdrom'><target dev='sda' bus='scsi'/></disk></devices></domain>`);
const asked = {
  hugePages: true,
  memoryCells: [0, 1],
  ioThreads: 2,
  disks: [{ target: "vda", ioThread: 2 }],
};

it("what is asked for is what the definition says, and what else it says stays", () => {
  const tuned = withTuning(plain, asked);
  expect(readTuning(tuned)).toEqual(asked);
  const xml = printXml(tuned);
  expect(xml).toContain("<locked/>");
  expect(xml).toMatch(/<driver name="qemu" type="qcow2" cache="none" iothread="2"\/>/);
});

it("all of it can be taken back", () => {
  const nothing = {
    hugePages: false,
    memoryCells: null,
    ioThreads: 0,
    disks: [{ target: "vda", ioThread: null }],
  };
  expect(readTuning(plain)).toEqual(nothing);
  const back = withTuning(withTuning(plain, asked), nothing);
  expect(readTuning(back)).toEqual(nothing);
  expect(printXml(back)).not.toMatch(/numatune|iothread|hugepages/);
  expect(printXml(back)).toContain("<locked/>");
});
