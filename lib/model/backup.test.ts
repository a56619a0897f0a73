import { describe, expect, it } from "vitest";
import { backupBytes, backupNoteSchema, backupProblem, inPlaceProblem } from "./backup";
import { backupCommands } from "./backup-commands";

const drive = (target: string, device = "disk") => ({ target, device });
const two = [drive("vda"), drive("vdb"), drive("sda", "cdrom")];

describe("backupProblem", () => {
  it("has nothing against disks that are the VM's own, now and at its next start", () => {
    const next = [drive("vdb"), drive("vda")];
    expect(backupProblem({ live: two, next, own: ["vda", "vdb"] })).toBeNull();
  });

  it("says what is missing, waits or is not ours", () => {
    expect(backupProblem({ live: [drive("sda", "cdrom")], next: [], own: [] })).toEqual({
      key: "backup.no_disk",
    });
    expect(backupProblem({ live: two, next: [drive("vda")], own: ["vda", "vdb"] })).toEqual({
      key: "backup.pending_disks",
    });
    expect(backupProblem({ live: two, next: two, own: ["vda"] })).toEqual({
      key: "backup.foreign_disk",
      values: { disk: "vdb" },
    });
  });
});

it("a VM goes back to a backup when it is off, with nothing that knows its disks of now", () => {
  const off = { state: "off", bootId: null, hasSnapshots: false, inRescue: false };
  expect(inPlaceProblem(off)).toBeNull();
  expect(inPlaceProblem(null)).toEqual({ key: "backup.in_place_gone" });
  for (const [but, key] of [
    [{ state: "missing" }, "backup.in_place_gone"],
    [{ state: "paused", bootId: "b" }, "backup.in_place_running"],
    [{ state: "saved" }, "vm.is_saved"],
    [{ hasSnapshots: true }, "backup.in_place_snapshots"],
    [{ inRescue: true }, "rescue.is_on"],
  ] as const) {
    expect(inPlaceProblem({ ...off, ...but })).toEqual({ key });
  }
});

it("a backup counts what its files take, and as large as the disks until that is known", () => {
  const disks = [
    { capacityBytes: 100n, sizeBytes: 7n },
    { capacityBytes: 50n, sizeBytes: null },
  ];
  expect(backupBytes({ disks })).toBe(57);
});

it("a note is one line", () => {
  expect(backupNoteSchema.safeParse(" vor dem Umzug 前 ").data).toBe("vor dem Umzug 前");
  for (const bad of ["a\nb", "\u0000", "x".repeat(201)]) {
    expect(backupNoteSchema.safeParse(bad).success).toBe(false);
  }
});

it("the same by hand: by QEMU while the guest runs, by copies while it is off", () => {
  const vm = { domainName: "p-x", volumes: [{ pool: "d", volume: "v.qcow2" }] };
  expect(backupCommands({ ...vm, running: true, quiesce: true })).toEqual([
    "virsh dumpxml --inactive p-x > p-x.xml",
    "virsh domfsfreeze p-x",
    "virsh backup-begin p-x",
    "virsh domfsthaw p-x",
    "virsh domjobinfo p-x",
  ]);
  expect(backupCommands({ ...vm, running: false, quiesce: false })).toEqual([
    "virsh dumpxml --inactive p-x > p-x.xml",
    'qemu-img convert -p -O qcow2 "$(virsh vol-path --pool d v.qcow2)" v.qcow2',
  ]);
});
