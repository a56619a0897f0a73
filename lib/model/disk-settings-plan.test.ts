import { describe, expect, it } from "vitest";
import { newDiskSettings } from "./disk-settings";
import { diskSettingsCommands } from "./disk-settings-commands";
import { type PlannedDrive, planDiskSettings } from "./disk-settings-plan";

const drive = (target: string, more: Partial<PlannedDrive> = {}): PlannedDrive => ({
  target,
  device: "disk",
  bootOrder: null,
  settings: { ...newDiskSettings, serial: `serial-${target}` },
  ...more,
});

const drives = [
  drive("sda", { device: "cdrom", bootOrder: 1 }),
  drive("vda", { bootOrder: 2 }),
  drive("vdb"),
];
const host = { drives, directIo: true };
const running = { state: "running" as const, hasSnapshots: false };

describe("other settings of a disk", () => {
  it("hold from the next start on, and at once where the VM is off", () => {
    const plan = planDiskSettings(running, "vdb", { bus: "scsi", cache: "writeback" }, host);
    expect(plan).toEqual({
      when: "next_boot",
      changes: [
        { field: "bus", from: "virtio", to: "scsi" },
        { field: "cache", from: "none", to: "writeback" },
      ],
      wanted: { bus: "scsi", cache: "writeback", discard: "unmap", serial: "serial-vdb" },
      warnings: ["bus_data", "bus_names", "virtio_only"],
      problem: null,
      invalid: false,
    });
    const off = { ...running, state: "off" as const };
    expect(planDiskSettings(off, "vdb", { bus: "scsi" }, host)).toMatchObject({ when: "now" });
  });

  it("that it has already change nothing", () => {
    const asked = { bus: "virtio" as const, serial: "serial-vda" };
    expect(planDiskSettings(running, "vda", asked, host)).toMatchObject({
      when: "unchanged",
      changes: [],
    });
    expect(planDiskSettings(running, "vda", {}, host)).toMatchObject({ when: "unchanged" });
  });

  it("are of no CD drive, and of no disk that the next start does not have", () => {
    expect(planDiskSettings(running, "sda", {}, host)).toBeNull();
    expect(planDiskSettings(running, "vdc", {}, host)).toBeNull();
  });

  it("say what may surprise", () => {
    const warnings = (...[vm, target, asked, known]: Parameters<typeof planDiskSettings>) =>
      planDiskSettings(vm, target, asked, known)?.warnings;
    expect(warnings(running, "vda", { bus: "sata" }, host)).toEqual([
      "bus_system",
      "bus_names",
      "virtio_only",
      "no_unplug",
    ]);
    const unsaid = drives.map((each) => ({ ...each, bootOrder: null }));
    const first = { drives: unsaid, directIo: true };
    expect(warnings(running, "vda", { bus: "scsi" }, first)).toContain("bus_system");
    expect(warnings(running, "vdb", { bus: "scsi" }, first)).toContain("bus_data");
    expect(warnings(running, "vda", { serial: null }, host)).toEqual(["serial_names"]);
    const kept = { ...running, hasSnapshots: true };
    expect(warnings(kept, "vda", { discard: "ignore" }, host)).toEqual(["snapshots"]);
    const away = { drives, directIo: null };
    expect(warnings(running, "vda", { cache: "directsync" }, away)).toEqual(["direct_io_unknown"]);
    expect(warnings(running, "vda", { cache: "writeback" }, away)).toEqual([]);
  });

  it.each([
    [{ cache: "directsync" as const }, { directIo: false }, "disk.no_direct_io"],
    [{ serial: "serial-vda" }, {}, "disk.same_serial"],
  ])("%j is refused for what it is", (asked, known, key) => {
    const plan = planDiskSettings(running, "vdb", asked, { ...host, ...known });
    expect(plan).toMatchObject({ when: "refused", invalid: true, problem: { key } });
  });

  it("stay possible with a cache that cannot be, unless that is asked for", () => {
    const plan = planDiskSettings(running, "vdb", { bus: "scsi" }, { ...host, directIo: false });
    expect(plan).toMatchObject({ when: "next_boot", problem: null });
  });

  it.each([
    ["saved" as const, "vm.is_saved"],
    ["deleting" as const, "disk.not_now"],
    ["unknown" as const, "disk.not_now"],
  ])("are refused while the VM is %s", (state, key) => {
    const plan = planDiskSettings({ ...running, state }, "vdb", { bus: "sata" }, host);
    expect(plan).toMatchObject({ when: "refused", invalid: false, problem: { key } });
  });

  it("are what virsh's editor is opened for", () => {
    const asked = { bus: "sata" as const, discard: "ignore" as const, serial: null };
    const plan = planDiskSettings(running, "vdb", asked, host);
    if (plan === null) throw new Error("no plan");
    expect(diskSettingsCommands("p-one", "vdb", plan)).toEqual([
      "virsh edit p-one",
      "# in the <disk> of vdb:",
      '# <target dev="vdb" bus="sata"/>, without <address>',
      '# <driver … discard="ignore"/>',
      "# no <serial>",
    ]);
    expect(diskSettingsCommands("p-one", "vdb", { ...plan, changes: [] })).toEqual([]);
  });
});
