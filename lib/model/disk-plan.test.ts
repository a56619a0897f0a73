import { describe, expect, it } from "vitest";
import { addDiskCommands } from "./disk-commands";
import { type DiskHolder, disksPerVm, planAddDisk } from "./disk-plan";

const running: DiskHolder = {
  domainName: "p-one",
  state: "running",
  hasSnapshots: false,
  targets: ["vda", "sda"],
  freePorts: 3,
};

describe("adding a disk", () => {
  it.each([
    [["vda", "sda"], "vdb"],
    [["vda", "vdc"], "vdb"],
    [["sda"], "vda"],
  ])("takes the first free place beside %j", (targets, target) => {
    const plan = planAddDisk({ ...running, targets });
    expect(plan).toEqual({ target, live: true, problem: null });
  });

  it("is for the next start alone of a VM that is off", () => {
    expect(planAddDisk({ ...running, state: "off" })).toMatchObject({ live: false, problem: null });
    expect(planAddDisk({ ...running, state: "paused" })).toMatchObject({ live: true });
  });

  it.each([
    [{ state: "deleting" as const }, "disk.not_now"],
    [{ state: "saved" as const }, "vm.is_saved"],
    [{ hasSnapshots: true }, "disk.has_snapshots"],
    [{ targets: Array.from("abcdef", (letter) => `vd${letter}`) }, "disk.too_many"],
    [{ freePorts: 0 }, "vm.no_port"],
  ])("is refused for %j", (differs, key) => {
    expect(planAddDisk({ ...running, ...differs }).problem).toMatchObject({ key });
  });

  it("is refused at the limit and not before it", () => {
    const places = Array.from("abcdef", (letter) => `vd${letter}`);
    expect(places).toHaveLength(disksPerVm);
    expect(planAddDisk({ ...running, targets: places.slice(1) }).problem).toBeNull();
  });

  it("stands for a volume and its place", () => {
    const disk = {
      suffix: "k3v9h2q7ne",
      pool: "portico-disks",
      format: "qcow2" as const,
      sizeGib: 5,
    };
    expect(addDiskCommands("p-one", planAddDisk(running), disk)).toEqual([
      "virsh vol-create-as portico-disks p-one-k3v9h2q7ne.qcow2 5G --format qcow2",
      'virsh attach-disk p-one "$(virsh vol-path --pool portico-disks p-one-k3v9h2q7ne.qcow2)" vdb --subdriver qcow2 --targetbus virtio --live --config',
    ]);
    const off = planAddDisk({ ...running, state: "off" });
    expect(addDiskCommands("p-one", off, disk)[1]).not.toContain("--live");
  });
});
