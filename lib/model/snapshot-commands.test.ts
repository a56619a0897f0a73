import { expect, it } from "vitest";
import type { SnapshotSet, SnapshotView } from "./snapshot";
import { createCommands, deleteCommands, editCommands, revertCommands } from "./snapshot-commands";
import { planCreate, planDelete } from "./snapshot-plan";

const sizes = { vcpus: 1, maxVcpus: 4, memoryKib: 1024, maxMemoryKib: 4096 };
const disk = { target: "vda", pool: "portico-disks", volume: "p-x-0.qcow2" };

function snapshot(name: string, differs: Partial<SnapshotView> = {}): SnapshotView {
  return {
    name,
    description: null,
    createdAt: "2030-01-01T00:00:00.000Z",
    parent: null,
    current: false,
    state: "running",
    content: "memory",
    storage: "internal",
    sizeBytes: null,
    sizes,
    hotAddedVcpus: 0,
    sameDisks: true,
    disks: [disk],
    ...differs,
  };
}

const setOf = (...snapshots: SnapshotView[]): SnapshotSet => ({
  vm: {
    domainName: "p-x",
    state: "running",
    running: true,
    firmware: "bios",
    agentConnected: true,
    clipboardHoldsMemory: false,
    hotAddedVcpus: 0,
    disks: [{ ...disk, format: "qcow2" }],
  },
  snapshots,
});

it("says what virsh is to be told, quoted for a shell", () => {
  const set = setOf(snapshot("a b"));
  const given = { name: "new", description: "it's" };
  expect(createCommands(set, planCreate(set, given), given)).toEqual([
    "virsh snapshot-create-as p-x new --description 'it'\\''s'",
  ]);
  expect(editCommands(set, "a b")).toEqual(["virsh snapshot-edit p-x 'a b'"]);
  const [to] = set.snapshots;
  if (to === undefined) throw new Error("no snapshot");
  expect(revertCommands(set, to, { runs: true, cutsOff: true }, "now")).toEqual([
    "virsh snapshot-create-as p-x now",
    "virsh snapshot-revert p-x 'a b' --force",
  ]);
});

it("of files on top names every step", () => {
  const external = { storage: "external", content: "disk" } as const;
  const set = setOf(
    snapshot("a", external),
    snapshot("b", { ...external, parent: "a", current: true }),
    snapshot("c", { ...external, parent: "a", disks: [{ ...disk, volume: "p-x-0.sc.qcow2" }] }),
  );
  const given = { name: "n", description: "" };
  const quiesced = planCreate(set, { ...given, quiesce: true });
  expect(createCommands(set, quiesced, given)).toEqual([
    'folder=$(dirname "$(virsh vol-path --pool portico-disks p-x-0.qcow2)")',
    'virsh snapshot-create-as p-x n --disk-only --atomic --quiesce --diskspec "vda,snapshot=external,file=$folder/vda.n.qcow2"',
  ]);
  expect(deleteCommands(set, planDelete(set, "a", true))).toEqual([
    "virsh snapshot-delete p-x c --metadata",
    "virsh vol-delete --pool portico-disks p-x-0.sc.qcow2",
    "virsh snapshot-delete p-x b",
    "virsh snapshot-delete p-x a",
  ]);
  const [to] = set.snapshots;
  if (to === undefined) throw new Error("no snapshot");
  const steps = revertCommands(set, to, { runs: true, cutsOff: true }, null);
  expect(steps[0]).toBe("virsh destroy p-x");
  expect(steps[1]).toContain("--backing-vol p-x-0.qcow2 --backing-vol-format qcow2");
  expect(steps.at(-1)).toBe("virsh start p-x");
});
