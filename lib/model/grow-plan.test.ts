import { describe, expect, it } from "vitest";
import { growDiskCommands } from "./disk-commands";
import { planGrowDisk } from "./grow-plan";
import { gibToBytes } from "./units";

const running = { state: "running", hasSnapshots: false } as const;
const disk = { target: "vda", pool: "portico-disks", volume: "p-one-0.qcow2" };

describe("growing a disk", () => {
  it("is told to a guest that runs, and is one of the volume while it is off", () => {
    const live = planGrowDisk(running, gibToBytes(10), 20);
    expect(live).toEqual({
      live: true,
      fromBytes: gibToBytes(10),
      toBytes: gibToBytes(20),
      problem: null,
    });
    expect(growDiskCommands("p-one", live, disk)).toEqual(["virsh blockresize p-one vda 20G"]);
    const off = planGrowDisk({ ...running, state: "off" }, gibToBytes(10), 20);
    expect(growDiskCommands("p-one", off, disk)).toEqual([
      "virsh vol-resize --pool portico-disks p-one-0.qcow2 20G",
    ]);
  });

  it.each([
    [running, 10, { key: "disk.not_larger", values: { now: 10 } }],
    [running, 9, { key: "disk.not_larger", values: { now: 10 } }],
    [{ ...running, hasSnapshots: true }, 20, { key: "disk.has_snapshots" }],
    [{ ...running, state: "deleting" as const }, 20, { key: "disk.not_now" }],
  ])("of %j to %i GiB is refused", (vm, sizeGib, problem) => {
    expect(planGrowDisk(vm, gibToBytes(10), sizeGib).problem).toEqual(problem);
  });

  it("by a byte is growing", () => {
    expect(planGrowDisk(running, gibToBytes(10) - 1, 10).problem).toBeNull();
  });
});
