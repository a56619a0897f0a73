import { expect, it } from "vitest";
import { adoptionProblems, type JudgedDisk } from "./adoption";

const disk: JudgedDisk = {
  target: "vda",
  format: "qcow2",
  pool: "default",
  volume: "web.qcow2",
  capacityBytes: 1024,
  known: false,
  sharedWith: null,
};
const stays = { transient: false, makePersistent: false };

it("a machine whose disks are files of its own in pools can be adopted", () => {
  expect(adoptionProblems(stays, [disk, { ...disk, target: "vdb", format: "raw" }])).toEqual([]);
  expect(adoptionProblems(stays, [])).toEqual([]);
});

it.each([
  ["adopt.outside", { pool: null, volume: null, capacityBytes: null }],
  ["adopt.no_file", { capacityBytes: null }],
  ["adopt.format", { format: "vmdk" }],
  ["adopt.format", { format: null }],
  ["adopt.known_disk", { known: true }],
  ["adopt.shared", { sharedWith: "db" }],
])("%s: one disk is enough to speak against it", (key, change) => {
  const problems = adoptionProblems(stays, [disk, { ...disk, ...change, target: "vdb" }]);
  expect(problems).toMatchObject([{ key, values: { target: "vdb" } }]);
});

it("one that its host would forget is told so, unless it is to get a definition", () => {
  const transient = { transient: true, makePersistent: false };
  expect(adoptionProblems(transient, [disk])).toEqual([{ key: "adopt.transient" }]);
  expect(adoptionProblems({ transient: true, makePersistent: true }, [disk])).toEqual([]);
});
