import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headroom, memoryLimitMib } from "./headroom";
import { assertHostFits, assertPoolFits } from "./host-fit";
import { osFamilies } from "./image";
import { cleanImageName } from "./image-name";
import { suggestDefaults } from "./os-defaults";
import { BYTES_PER_GIB, KIB_PER_GIB } from "./units";
import { createVmSchema } from "./vm";

const host = { cpuCount: 8, memoryKib: 32 * KIB_PER_GIB };

describe("headroom", () => {
  it.each([
    [{ vcpus: 1, memoryMib: 1024 }, host, { maxVcpus: 4, maxMemoryMib: 2048 }],
    [{ vcpus: 2, memoryMib: 1024 }, host, { maxVcpus: 8, maxMemoryMib: 2048 }],
    [{ vcpus: 12, memoryMib: 1024 }, host, { maxVcpus: 12, maxMemoryMib: 2048 }],
    [
      { vcpus: 8, memoryMib: 20_000 },
      { cpuCount: 64, memoryKib: 32 * KIB_PER_GIB },
      { maxVcpus: 16, maxMemoryMib: 32_256 },
    ],
    [
      { vcpus: 1, memoryMib: 512 },
      { cpuCount: 2, memoryKib: 4 * KIB_PER_GIB },
      { maxVcpus: 2, maxMemoryMib: 1024 },
    ],
  ])("%j on %j is %j", (asked, on, expected) => {
    expect(headroom(asked, on)).toEqual(expected);
  });

  it("leaves memory where it is when no room to grow is wanted", () => {
    const asked = { vcpus: 1, memoryMib: 1024, roomToGrow: false };
    expect(headroom(asked, host)).toEqual({ maxVcpus: 4, maxMemoryMib: 1024 });
  });

  it("never falls below what was asked", () => {
    const size = fc.record({
      vcpus: fc.integer({ min: 1, max: 64 }),
      memoryMib: fc.integer({ min: 64, max: 1_048_576 }),
    });
    const machine = fc.record({
      cpuCount: fc.integer({ min: 0, max: 512 }),
      memoryKib: fc.integer({ min: 0, max: 2 ** 40 }),
    });
    fc.assert(
      fc.property(size, machine, (asked, on) => {
        const room = headroom(asked, on);
        expect(room.maxVcpus).toBeGreaterThanOrEqual(asked.vcpus);
        expect(room.maxMemoryMib).toBeGreaterThanOrEqual(asked.memoryMib);
      }),
    );
  });
});

describe("what a host can carry", () => {
  it("knows what one VM may have on a host", () => {
    assertHostFits({ vcpus: 32, memoryMib: memoryLimitMib(host.memoryKib) }, host);
    expect(() => assertHostFits({ vcpus: 33, memoryMib: 512 }, host)).toThrow("too_many_vcpus");
    expect(() => assertHostFits({ vcpus: 1, memoryMib: 32_257 }, host)).toThrow("too_much_memory");
  });

  it("lifts a bound of the host that is not known yet", () => {
    assertHostFits({ vcpus: 64, memoryMib: 1_048_576 }, { cpuCount: 0, memoryKib: 0 });
  });

  it("takes a raw disk's whole size at once, and lets a qcow2 disk grow", () => {
    const pool = { capacityBytes: 100 * BYTES_PER_GIB, availableBytes: 10 * BYTES_PER_GIB };
    const disk = (format: "raw" | "qcow2", gib: number) => () =>
      assertPoolFits({ format, capacityBytes: gib * BYTES_PER_GIB }, pool);
    disk("raw", 9)();
    expect(disk("raw", 10)).toThrow("no_room");
    disk("qcow2", 100)();
    expect(disk("qcow2", 101)).toThrow("beyond_pool");
    expect(() =>
      assertPoolFits(
        { format: "qcow2", capacityBytes: BYTES_PER_GIB },
        { ...pool, availableBytes: 1000 },
      ),
    ).toThrow("no_room");
  });
});

describe("what is proposed for an image", () => {
  it("is valid input for every family and every way to boot", () => {
    for (const osFamily of osFamilies) {
      for (const bootable of [
        { bios: true, uefi: true },
        { bios: true, uefi: false },
        { bios: false, uefi: true },
        { bios: false, uefi: false },
      ]) {
        const proposed = suggestDefaults({ osFamily, bootable });
        const whole = { projectId: "p", name: "n", imageId: null, network: "default", ...proposed };
        expect(createVmSchema.safeParse(whole).success).toBe(true);
        if (bootable.bios !== bootable.uefi) {
          expect(proposed.firmware).toBe(bootable.uefi ? "uefi" : "bios");
        }
      }
    }
  });

  it("is UEFI for Windows that can, BIOS for Linux that can both, and modest without an image", () => {
    const both = { bios: true, uefi: true };
    expect(suggestDefaults({ osFamily: "windows", bootable: both }).firmware).toBe("uefi");
    expect(suggestDefaults({ osFamily: "debian", bootable: both }).firmware).toBe("bios");
    expect(suggestDefaults(null)).toMatchObject({ vcpus: 1, firmware: "bios" });
  });
});

describe("the name of an uploaded file", () => {
  it("is shown clean, whatever came", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (name) => {
        const clean = cleanImageName(name);
        expect(clean).not.toBe("");
        expect([...clean].length).toBeLessThanOrEqual(120);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}/\\\u2028\u2029]/u);
        expect(cleanImageName(clean)).toBe(clean);
      }),
    );
  });
});
