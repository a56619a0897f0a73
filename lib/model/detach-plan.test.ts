import { describe, expect, it } from "vitest";
import { planDetachDisk } from "./detach-plan";
import { detachDiskCommands } from "./disk-commands";

const running = { state: "running", hasSnapshots: false } as const;
const vda = { target: "vda", device: "disk", bus: "virtio", bootOrder: 1 } as const;
const vdb = { ...vda, target: "vdb", bootOrder: null };
const cd = { target: "sda", device: "cdrom", bus: "scsi", bootOrder: 2 } as const;
const place = { pool: "portico-disks", volume: "p-one-1.qcow2" };

describe("taking a disk away", () => {
  it("asks a guest that runs, and changes the next start alone while it is off", () => {
    const live = planDetachDisk(running, vdb, [vda, vdb, cd]);
    expect(live).toEqual({ live: true, lastBoot: false, problem: null });
    expect(detachDiskCommands("p-one", live, { target: "vdb", ...place, remove: false })).toEqual([
      "virsh detach-disk p-one vdb --live --config",
    ]);
    const off = planDetachDisk({ ...running, state: "off" }, vdb, [vda, vdb, cd]);
    expect(detachDiskCommands("p-one", off, { target: "vdb", ...place, remove: true })).toEqual([
      "virsh detach-disk p-one vdb --config",
      "virsh vol-delete --pool portico-disks p-one-1.qcow2",
    ]);
  });

  it("warns of the last disk that the VM starts from; a CD is none", () => {
    expect(planDetachDisk(running, vda, [vda, vdb, cd]).lastBoot).toBe(true);
    const second = { ...vdb, bootOrder: 3 };
    expect(planDetachDisk(running, vda, [vda, second, cd]).lastBoot).toBe(false);
    expect(planDetachDisk(running, vdb, [vda, vdb, cd]).lastBoot).toBe(false);
  });

  it.each([
    [running, { ...vdb, bus: "sata" }, "disk.no_hotplug"],
    [{ ...running, hasSnapshots: true }, vdb, "disk.has_snapshots"],
    [{ ...running, state: "creating" as const }, vdb, "disk.not_now"],
  ])("of %j: %j is refused", (vm, disk, key) => {
    expect(planDetachDisk(vm, disk, [vda, disk, cd]).problem).toMatchObject({ key });
  });

  it("on SATA waits for the VM to be off", () => {
    const off = { ...running, state: "off" as const };
    expect(planDetachDisk(off, { ...vdb, bus: "sata" }, [vda, vdb]).problem).toBeNull();
  });
});
