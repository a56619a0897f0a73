import { describe, expect, it } from "vitest";
import { limitDiskCommands } from "./disk-commands";
import { diskLimitsSchema, noDiskLimits } from "./disk-limits";

describe("limits of a disk", () => {
  it("are none where nothing is said", () => {
    expect(diskLimitsSchema.parse({})).toEqual(noDiskLimits);
    expect(limitDiskCommands("p-one", "vda", noDiskLimits, true)).toEqual([
      "virsh blkdeviotune p-one vda --total-iops-sec 0 --total-iops-sec-max 0 --total-bytes-sec 0 --total-bytes-sec-max 0 --live --config",
    ]);
  });

  it("are told to the guest that runs, or to its next start alone", () => {
    const limits = { iops: 500, iopsBurst: 1000, mibps: 20, mibpsBurst: null };
    expect(limitDiskCommands("p-one", "vdb", limits, false)).toEqual([
      "virsh blkdeviotune p-one vdb --total-iops-sec 500 --total-iops-sec-max 1000 --total-bytes-sec 20971520 --total-bytes-sec-max 0 --config",
    ]);
  });

  it.each([
    [{ iops: 0 }],
    [{ iops: 1.5 }],
    [{ mibps: 1_000_001 }],
    [{ iopsBurst: 100 }],
    [{ iops: 100, iopsBurst: 99 }],
    [{ mibps: 100, mibpsBurst: 99 }],
    [{ iops: 100, more: 1 }],
  ])("%j are refused", (limits) => {
    expect(diskLimitsSchema.safeParse(limits).success).toBe(false);
  });

  it("may burst to the limit itself", () => {
    expect(diskLimitsSchema.safeParse({ iops: 100, iopsBurst: 100 }).success).toBe(true);
  });
});
