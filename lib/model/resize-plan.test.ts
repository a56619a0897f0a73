import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noModuleRooms } from "./memory-modules";
import { planResize, type ResizeCurrent } from "./resize-plan";
import { mibToKib } from "./units";
import { type VmSizes, vmLimits } from "./vm";
import { type VmState, vmStates } from "./vm-state";

const host = { cpuCount: 4, memoryKib: mibToKib(8192) };

const sizes = (vcpus: number, memoryMib: number): VmSizes => ({
  vcpus,
  maxVcpus: 4,
  memoryKib: mibToKib(memoryMib),
  maxMemoryKib: mibToKib(2048),
});

function current(parts: Partial<ResizeCurrent> = {}): ResizeCurrent {
  return {
    state: "running",
    live: sizes(2, 1024),
    next: sizes(2, 1024),
    agentConnected: true,
    modules: noModuleRooms,
    ...parts,
  };
}

describe("planResize, vCPUs", () => {
  const plan = (vcpus: number, parts: Partial<ResizeCurrent> = {}) =>
    planResize(current(parts), { vcpus, memoryMib: 1024 }, host).vcpus;

  it.each([
    [2, {}, "unchanged", "none", "resize.unchanged"],
    [4, {}, "now", "hot_add", "resize.vcpus.hot_add"],
    [1, {}, "now", "guest_offline", "resize.vcpus.guest_offline"],
    [1, { agentConnected: false }, "next_boot", "config", "resize.vcpus.no_agent"],
    [5, {}, "next_boot", "config", "resize.vcpus.above_max"],
    [17, {}, "refused", "none", "resize.vcpus.above_host"],
    [0, {}, "refused", "none", "resize.vcpus.invalid"],
    [-1, {}, "refused", "none", "resize.vcpus.invalid"],
    [1.5, {}, "refused", "none", "resize.vcpus.invalid"],
    [Number.NaN, {}, "refused", "none", "resize.vcpus.invalid"],
    [vmLimits.vcpus.max + 1, {}, "refused", "none", "resize.vcpus.invalid"],
    [2, { next: sizes(1, 1024) }, "now", "guest_online", "resize.vcpus.guest_online"],
    [2, { next: sizes(3, 1024), agentConnected: false }, "now", "config", "resize.pending_dropped"],
    [4, { state: "off" }, "now", "config", "resize.off"],
    [1, { state: "crashed" }, "now", "config", "resize.off"],
    [5, { state: "off" }, "now", "config", "resize.off"],
    [4, { state: "paused" }, "next_boot", "config", "resize.not_running"],
    [4, { state: "creating" }, "refused", "none", "resize.bad_state"],
    [4, { state: "saved" }, "refused", "none", "resize.saved"],
  ] as const)("%s vCPUs with %j: %s by %s", (vcpus, parts, when, how, reasonKey) => {
    expect(plan(vcpus, parts)).toMatchObject({ when, how, reasonKey, from: 2 });
  });

  it("leaves the ceiling of memory, gives its room back, or makes room, as it is asked", () => {
    const plan = (memoryMib: number, roomToGrow?: boolean, parts: Partial<ResizeCurrent> = {}) =>
      planResize(current(parts), { vcpus: 2, memoryMib, roomToGrow }, host);
    expect(plan(1024, true).changes).toBe(false);
    expect(plan(1024, false)).toMatchObject({
      memory: { when: "next_boot", how: "config", reasonKey: "resize.memory.ceiling" },
      next: { memoryKib: mibToKib(1024), maxMemoryKib: mibToKib(1024) },
    });
    expect(plan(1024, false, { state: "off" }).memory.when).toBe("now");
    expect(plan(512, false)).toMatchObject({
      memory: { when: "now", how: "balloon" },
      next: { maxMemoryKib: mibToKib(512) },
    });
    expect(plan(2048).next.maxMemoryKib).toBe(mibToKib(2048));
    expect(plan(2048, false).next.maxMemoryKib).toBe(mibToKib(2048));
    expect(plan(2048, true).next.maxMemoryKib).toBe(mibToKib(4096));
    expect(plan(3000, false).next.maxMemoryKib).toBe(mibToKib(3000));
    expect(plan(3000).next.maxMemoryKib).toBe(mibToKib(6000));
  });

  it("does not refuse what the VM already has because the host shrank", () => {
    const many = { ...sizes(2, 1024), vcpus: 20, maxVcpus: 20 };
    expect(plan(20, { live: many, next: many }).when).toBe("unchanged");
    expect(plan(18, { live: many, next: many }).when).toBe("now");
  });
});

describe("planResize, memory", () => {
  const plan = (memoryMib: number, parts: Partial<ResizeCurrent> = {}) =>
    planResize(current(parts), { vcpus: 2, memoryMib }, host).memory;

  it.each([
    [1024, {}, "unchanged", "none", "resize.unchanged"],
    [2048, {}, "now", "balloon", "resize.memory.balloon"],
    [512, { agentConnected: false }, "now", "balloon", "resize.memory.balloon"],
    [2049, {}, "next_boot", "config", "resize.memory.above_ceiling"],
    [7681, {}, "refused", "none", "resize.memory.above_host"],
    [63, {}, "refused", "none", "resize.memory.invalid"],
    [0, {}, "refused", "none", "resize.memory.invalid"],
    [Number.POSITIVE_INFINITY, {}, "refused", "none", "resize.memory.invalid"],
    [4096, { state: "off" }, "now", "config", "resize.off"],
    [2048, { state: "paused_io_error" }, "next_boot", "config", "resize.not_running"],
    [2048, { state: "unknown" }, "refused", "none", "resize.bad_state"],
    [1024, { live: sizes(2, 2048) }, "now", "balloon", "resize.memory.balloon"],
  ] as const)("%s MiB with %j: %s by %s", (memoryMib, parts, when, how, reasonKey) => {
    expect(plan(memoryMib, parts)).toMatchObject({ when, how, reasonKey });
  });

  it("says the ceiling and both sizes in MiB", () => {
    expect(plan(4096).values).toEqual({ from: 1024, to: 4096, max: 2048 });
  });
});

describe("planResize, memory modules", () => {
  const room = (limitMib: number, freeSlots = 16) => ({ limitKib: mibToKib(limitMib), freeSlots });
  const ready = { now: room(7680), next: room(7680) };
  const plan = (memoryMib: number, parts: Partial<ResizeCurrent> = {}, asked = {}) =>
    planResize(current({ modules: ready, ...parts }), { vcpus: 2, memoryMib, ...asked }, host);

  it("plugs in what goes beyond the ceiling, and counts no more than that", () => {
    const grown = plan(3000, {}, { roomToGrow: false });
    expect(grown.memory).toMatchObject({
      when: "now",
      how: "module",
      reasonKey: "resize.memory.module",
      values: { from: 1024, to: 3000, size: 1024 },
    });
    expect(grown.moduleKib).toBe(mibToKib(1024));
    expect(grown.next).toMatchObject({
      memoryKib: mibToKib(3000),
      maxMemoryKib: mibToKib(3072),
    });
    expect(grown.modules.when).toBe("unchanged");
    const had = plan(3000, {}, { roomToGrow: true }).next;
    expect(had.maxMemoryKib).toBe(mibToKib(3072));
    const tight = { ...sizes(2, 1024), maxMemoryKib: mibToKib(1024) };
    const wanted = plan(3000, { live: tight, next: tight }, { roomToGrow: true });
    expect(wanted.next.maxMemoryKib).toBe(mibToKib(6000));
    // The figures of then: what the module was rounded up by is no room that would be given back.
    const after = { ...sizes(2, 3000), maxMemoryKib: mibToKib(3072) };
    const parts = { live: after, next: after };
    expect(plan(3000, parts, { roomToGrow: false }).changes).toBe(false);
    expect(plan(3000, { agentConnected: false }).memory.reasonKey).toBe(
      "resize.memory.module_no_agent",
    );
  });

  it.each([
    ["no free place", { modules: { now: room(7680, 0), next: room(7680) } }, 2048],
    ["no places in what runs", { modules: { now: null, next: room(7680) } }, 2048],
    ["a limit below it", { modules: { now: room(2944), next: room(7680) } }, 2944],
  ])("waits for the next start with %s", (_name, parts, max) => {
    expect(plan(3000, parts)).toMatchObject({
      memory: { when: "next_boot", reasonKey: "resize.memory.above_ceiling", values: { max } },
      moduleKib: null,
    });
  });

  it("makes places and takes them away at the next start", () => {
    const none = { modules: noModuleRooms };
    const on = plan(1024, none, { memoryModules: true });
    expect(on.modules).toMatchObject({
      when: "next_boot",
      reasonKey: "resize.modules.on",
      values: { max: 7680 },
    });
    expect(on).toMatchObject({ changes: true, possible: true, modulesLimitKib: mibToKib(7680) });
    expect(plan(1024, none).modules.when).toBe("unchanged");
    expect(plan(1024, { ...none, state: "off" }, { memoryModules: true }).modules.when).toBe("now");
    const off = plan(1024, {}, { memoryModules: false });
    expect(off.modules).toMatchObject({ when: "next_boot", reasonKey: "resize.modules.off" });
    expect(off.modulesLimitKib).toBeNull();
    expect(plan(1024, {}, { memoryModules: true }).changes).toBe(false);
  });

  it("refuses places that lead nowhere, and drops those that no longer do", () => {
    const all = { ...sizes(2, 7680), maxMemoryKib: mibToKib(7680) };
    const full = { live: all, next: all };
    expect(plan(7680, { ...full, modules: noModuleRooms }, { memoryModules: true })).toMatchObject({
      possible: false,
      modules: { reasonKey: "resize.modules.no_room" },
    });
    expect(plan(7680, full)).toMatchObject({ possible: true, modulesLimitKib: null });
  });
});

describe("planResize, as a whole", () => {
  it("raises a ceiling with headroom, only when it must", () => {
    const plan = planResize(current(), { vcpus: 2, memoryMib: 3000 }, host);
    expect(plan.next).toEqual({
      vcpus: 2,
      maxVcpus: 4,
      memoryKib: mibToKib(3000),
      maxMemoryKib: mibToKib(6000),
    });
  });

  it("does nothing when one line is refused", () => {
    const plan = planResize(current(), { vcpus: 3, memoryMib: 1 }, host);
    expect(plan).toMatchObject({ possible: false, changes: true, next: sizes(2, 1024) });
  });

  it("knows no bound of a host that is not known", () => {
    const unknown = { cpuCount: 0, memoryKib: 0 };
    const plan = planResize(current(), { vcpus: 60, memoryMib: 500_000 }, unknown);
    expect(plan.possible).toBe(true);
    expect(plan.next).toMatchObject({ vcpus: 60, maxVcpus: 60, maxMemoryKib: mibToKib(500_000) });
  });

  it("holds for any numbers: never unplugs, never asks live for more than the ceiling", () => {
    const count = fc.integer({ min: -2, max: 80 });
    const size = fc.record({
      vcpus: fc.integer({ min: 1, max: 4 }),
      maxVcpus: fc.constant(4),
      memoryKib: fc.integer({ min: 64, max: 2048 }).map(mibToKib),
      maxMemoryKib: fc.constant(mibToKib(2048)),
    });
    const state = fc.constantFrom<VmState>(...vmStates);
    const room = fc.option(
      fc.record({
        limitKib: fc.integer({ min: 64, max: 9000 }).map(mibToKib),
        freeSlots: fc.integer({ min: 0, max: 2 }),
      }),
    );
    fc.assert(
      fc.property(
        fc.record({
          state,
          live: size,
          next: size,
          agentConnected: fc.boolean(),
          modules: fc.record({ now: room, next: room }),
        }),
        count,
        fc.integer({ min: -5, max: 9000 }),
        (now, vcpus, memoryMib) => {
          const plan = planResize(now, { vcpus, memoryMib }, host);
          if (plan.vcpus.how === "hot_add") {
            expect(vcpus).toBeGreaterThan(now.live.vcpus);
            expect(vcpus).toBeLessThanOrEqual(now.live.maxVcpus);
          }
          if (plan.memory.how === "balloon") {
            expect(plan.memory.to).toBeLessThanOrEqual(now.live.maxMemoryKib);
          }
          if (plan.memory.how === "module") {
            const reached = now.live.maxMemoryKib + (plan.moduleKib ?? 0);
            expect(plan.memory.to).toBeLessThanOrEqual(reached);
            expect(reached).toBeLessThanOrEqual(now.modules.now?.limitKib ?? 0);
          } else expect(plan.moduleKib).toBeNull();
          expect(plan.next.vcpus).toBeLessThanOrEqual(plan.next.maxVcpus);
          expect(plan.next.memoryKib).toBeLessThanOrEqual(plan.next.maxMemoryKib);
          if (!plan.possible) expect(plan.next).toEqual(now.next);
          else expect(plan.next).toMatchObject({ vcpus, memoryKib: mibToKib(memoryMib) });
          const lines = [plan.vcpus, plan.memory, plan.modules];
          expect(plan.changes).toBe(lines.some(({ when }) => when !== "unchanged"));
        },
      ),
    );
  });
});
