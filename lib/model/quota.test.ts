import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  askedByImage,
  askedByNewVm,
  askedByResize,
  assertQuota,
  belowUse,
  type CountedVm,
  countedSizes,
  defaultLimits,
  highestLimit,
  judgeQuota,
  limitsOf,
  noAmounts,
  ownLimitsOf,
  quotaResources,
  usageOf,
} from "./quota";
import { BYTES_PER_GIB, KIB_PER_GIB } from "./units";

const sizes = { vcpus: 2, maxVcpus: 4, memoryKib: KIB_PER_GIB, maxMemoryKib: 2 * KIB_PER_GIB };
const row = { vcpus: 2, memoryKib: KIB_PER_GIB, maxMemoryKib: 2 * KIB_PER_GIB };
const vm = (differs: Partial<CountedVm> = {}): CountedVm => ({
  ...row,
  lifecycle: "ready",
  snapshots: 0,
  comingSnapshots: 0,
  disks: [{ capacityBytes: BigInt(10 * BYTES_PER_GIB) }],
  reported: null,
  ...differs,
});

describe("what one VM counts", () => {
  it("is the memory that it can take by itself, not what it has now", () => {
    expect(countedSizes(row, null)).toEqual({ vcpus: 2, memoryKib: 2 * KIB_PER_GIB });
  });

  it("is its memory where no ceiling is known", () => {
    expect(countedSizes({ ...row, maxMemoryKib: 0 }, null).memoryKib).toBe(KIB_PER_GIB);
  });

  it("is what the host reports when somebody made it larger there", () => {
    const next = { ...sizes, vcpus: 8, maxMemoryKib: 16 * KIB_PER_GIB };
    const counted = { vcpus: 8, memoryKib: 16 * KIB_PER_GIB };
    expect(countedSizes(row, { live: sizes, next, bootId: "b" })).toEqual(counted);
    expect(countedSizes(row, { live: next, next: sizes, bootId: "b" })).toEqual(counted);
  });

  it("of a VM that is off is not what it had while it ran", () => {
    const live = { ...sizes, vcpus: 8, maxMemoryKib: 16 * KIB_PER_GIB };
    expect(countedSizes(row, { live, next: sizes, bootId: null })).toEqual({
      vcpus: 2,
      memoryKib: 2 * KIB_PER_GIB,
    });
  });
});

describe("what a project uses", () => {
  it("counts VMs in every state, and tells apart what tasks hold", () => {
    const image = (state: string) => ({ state, sizeBytes: BigInt(BYTES_PER_GIB / 2) });
    const { used, reserved } = usageOf({
      vms: [vm(), vm({ lifecycle: "creating" }), vm({ lifecycle: "deleting", vcpus: 1 })],
      images: ["uploading", "checking", "storing", "ready", "deleting", "refused", "failed"].map(
        image,
      ),
      keptDisks: [],
      backups: [],
    });
    expect(used).toEqual({
      vms: 3,
      vcpus: 5,
      memoryMib: 6144,
      diskGib: 30,
      snapshots: 0,
      images: 5,
      imageGib: 2.5,
    });
    expect(reserved).toMatchObject({ vms: 2, vcpus: 3, diskGib: 20, images: 4, imageGib: 2 });
  });

  it("loses no byte, however many small things there are", () => {
    const images = Array.from({ length: 1000 }, () => ({ state: "ready", sizeBytes: 1n }));
    const { used } = usageOf({ vms: [], images, keptDisks: [], backups: [] });
    expect(used.imageGib * BYTES_PER_GIB).toBe(1000);
  });

  it("counts a disk that was kept until it is gone", () => {
    const kept = (state: string) => ({ state, capacityBytes: BigInt(3 * BYTES_PER_GIB) });
    const keptDisks = [kept("ready"), kept("deleting")];
    const { used, reserved } = usageOf({ vms: [vm()], images: [], keptDisks, backups: [] });
    expect([used.diskGib, reserved.diskGib, used.vms]).toEqual([16, 3, 1]);
  });
});

describe("limits", () => {
  const unset = {
    maxVms: null,
    maxVcpus: null,
    maxMemoryMib: null,
    maxDiskGib: null,
    maxSnapshots: null,
    maxImages: null,
    maxImageGib: null,
  };

  it("are those of every project where the project has none", () => {
    expect(limitsOf(ownLimitsOf(unset))).toEqual(defaultLimits);
    expect(limitsOf(ownLimitsOf({ ...unset, maxVms: 0, maxImageGib: 5 }))).toEqual({
      ...defaultLimits,
      vms: 0,
      imageGib: 5,
    });
  });

  it.each(quotaResources)("of %s allow exactly the limit and not one more", (resource) => {
    const quota = { limits: defaultLimits, used: { ...noAmounts } };
    quota.used[resource] = defaultLimits[resource] - 1;
    assertQuota(quota, { [resource]: 1 });
    expect(() => assertQuota(quota, { [resource]: 2 })).toThrow(
      expect.objectContaining({
        code: "quota.exceeded",
        userMessage: expect.objectContaining({ key: `quota.${resource}` }),
        details: {
          resource,
          limit: defaultLimits[resource],
          used: defaultLimits[resource] - 1,
          asked: 2,
        },
      }),
    );
  });

  it("refuse only who asks for more, also far above them", () => {
    const used = { ...noAmounts, vcpus: 99, memoryMib: 99 };
    const limits = { ...noAmounts };
    assertQuota({ limits, used }, { vcpus: -1, memoryMib: 0 });
    expect(judgeQuota({ limits, used }, { vcpus: -1 })).toEqual([
      { resource: "vcpus", limit: 0, used: 99, asked: -1, after: 98, over: false },
    ]);
  });

  it("hold to the byte", () => {
    const quota = { limits: { ...defaultLimits, imageGib: 1 }, used: { ...noAmounts } };
    assertQuota(quota, askedByImage(BYTES_PER_GIB));
    expect(() => assertQuota(quota, askedByImage(BYTES_PER_GIB + 1))).toThrow("imageGib");
  });

  it("are never exceeded by any row of things that were allowed", () => {
    const ask = fc.record({
      vcpus: fc.integer({ min: -8, max: 64 }),
      imageGib: fc.double({ min: 0, max: 9, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 60 }), (asks) => {
        const limits = { ...defaultLimits, vcpus: 100, imageGib: 20 };
        const used = { ...noAmounts };
        for (const asked of asks) {
          if (judgeQuota({ limits, used }, asked).some((line) => line.over)) continue;
          used.vcpus += asked.vcpus;
          used.imageGib += asked.imageGib;
          expect(used.vcpus).toBeLessThanOrEqual(100);
          expect(used.imageGib).toBeLessThanOrEqual(20);
        }
      }),
    );
  });

  it("below what is used are told apart", () => {
    const used = { ...noAmounts, vms: 3, vcpus: 8 };
    expect(belowUse({ limits: { ...defaultLimits, vms: 2, vcpus: 8 }, used })).toEqual(["vms"]);
  });

  it("stay exact as high as they can be set", () => {
    const used = { ...noAmounts, memoryMib: highestLimit - 1 };
    const limits = { ...defaultLimits, memoryMib: highestLimit };
    assertQuota({ limits, used }, { memoryMib: 1 });
    expect(() => assertQuota({ limits, used }, { memoryMib: 1 + 1 / 1024 })).toThrow("memoryMib");
  });
});

describe("what is asked for", () => {
  it("by a new VM is its ceiling of memory", () => {
    expect(askedByNewVm({ vcpus: 2, diskGib: 20 }, 4096)).toEqual({
      vms: 1,
      vcpus: 2,
      memoryMib: 4096,
      diskGib: 20,
    });
  });

  const reported = { live: sizes, next: sizes, bootId: "b" };

  it("by a balloon below the ceiling is nothing", () => {
    const next = { ...sizes, memoryKib: 2 * KIB_PER_GIB };
    expect(askedByResize(row, reported, next)).toEqual({ vcpus: 0, memoryMib: 0 });
  });

  it("by a higher ceiling is the difference of the ceilings", () => {
    const next = { ...sizes, vcpus: 3, memoryKib: 3 * KIB_PER_GIB, maxMemoryKib: 6 * KIB_PER_GIB };
    expect(askedByResize(row, reported, next)).toEqual({ vcpus: 1, memoryMib: 4096 });
  });

  it("by a running VM that gets less at its next start is nothing yet", () => {
    const next = { ...sizes, vcpus: 1, maxMemoryKib: KIB_PER_GIB };
    expect(askedByResize(row, reported, next)).toEqual({ vcpus: 0, memoryMib: 0 });
    expect(askedByResize(row, { ...reported, bootId: null }, next)).toEqual({
      vcpus: -1,
      memoryMib: -1024,
    });
  });
});
