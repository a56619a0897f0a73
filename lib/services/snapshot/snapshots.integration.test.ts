import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { readFromDisk, writeToDisk } from "@/e2e/helpers/disk-oracle";
import { guestIsUp, inGuest } from "@/e2e/helpers/oracle";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import { addGuestImage } from "@/lib/tasks/testing/guest-image";
import { getQuota } from "../quota/get-quota";
import { restoreInPlace } from "../vm-backup/restore-in-place";
import { backUpFile, fileComesBack, fileIsBack } from "../vm-backup/testing/file-in-guest";
import { variablesComeBack } from "../vm-backup/testing/variables";
import { createSnapshot } from "./create-snapshot";
import { deleteSnapshot } from "./delete-snapshot";
import { editSnapshot } from "./edit-snapshot";
import { listSnapshots } from "./list-snapshots";
import { revertSnapshot } from "./revert-snapshot";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("snap");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

/** The verbs of one VM, each waited for, and what virsh says. */
function verbs(portal: Portal, vmId: string) {
  const { member, db } = portal.world;
  const domain = `p-${vmId}`;
  const ended = async ({ taskId }: { taskId: string }) => {
    const state = await lab.ended(db, taskId);
    const { error } = await db.task.findUniqueOrThrow({ where: { id: taskId } });
    return error === null ? state : `${state}: ${error}`;
  };
  return {
    domain,
    take: async (name: string, differs: { memory?: boolean } = {}) =>
      ended(await createSnapshot(member, { vmId, name, description: "", ...differs })),
    revert: async (snapshot: string, first: string | null = null) =>
      ended(await revertSnapshot(member, { vmId, snapshot, first, confirmName: snapshot })),
    remove: async (snapshot: string, children = false) =>
      ended(await deleteSnapshot(member, { vmId, snapshot, children })),
    list: async () => (await listSnapshots(member, { vmId })).snapshots,
    virsh: async (...args: string[]) => (await lab.peer.virsh(args)).trim(),
    names: async () =>
      (await lab.peer.virsh(["snapshot-list", domain, "--name", "--topological"]))
        .split("\n")
        .filter(Boolean),
    write: (text: string) =>
      inGuest(lab.peer, domain, ["/bin/sh", "-c", `printf '%s' '${text}' >/tmp/marker; sync`]),
    read: () => inGuest(lab.peer, domain, ["/bin/cat", "/tmp/marker"]),
  };
}

it("memory comes back, also of a snapshot by virsh; a hot-added vCPU is refused beforehand", async () => {
  const portal = await lab.startPortal();
  const imageId = await addGuestImage(lab, portal.world);
  const vmId = await lab.created(portal, "guest", { imageId, memoryMib: 256 });
  const vm = verbs(portal, vmId);
  await guestIsUp(lab.peer, vm.domain);

  await vm.write("one");
  expect(await vm.take("first")).toBe("done");
  await vm.write("two");
  await vm.virsh("snapshot-create-as", vm.domain, "byhand", "--description", "by virsh");
  await vm.write("three");
  await lab.host.inventory.refresh((await portal.world.db.vm.findFirstOrThrow()).uuid);
  expect(await vm.list()).toMatchObject([
    { name: "first", parent: null, content: "memory", storage: "internal", current: false },
    { name: "byhand", parent: "first", description: "by virsh", current: true, sameDisks: true },
  ]);
  const { used } = await getQuota(portal.world.member, { projectId: portal.world.project });
  expect(used.snapshots).toBe(2);

  expect(await vm.revert("first", "before")).toBe("done");
  expect(await vm.read()).toBe("one");
  expect(await vm.names()).toEqual(["first", "byhand", "before"]);
  expect(await vm.virsh("snapshot-current", vm.domain, "--name")).toBe("first");
  expect(await vm.revert("before")).toBe("done");
  expect(await vm.read()).toBe("three");

  await editSnapshot(portal.world.member, { vmId, snapshot: "first", description: "ä & <b>\nx" });
  expect(await vm.virsh("snapshot-dumpxml", vm.domain, "first")).toContain("ä &amp; &lt;b&gt;\nx");
  expect(await vm.virsh("snapshot-current", vm.domain, "--name")).toBe("before");

  await vm.virsh("setvcpus", vm.domain, "2", "--live");
  await vm.virsh("snapshot-create-as", vm.domain, "hot");
  const before = await vm.virsh("dumpxml", vm.domain);
  await expect(vm.take("too-hot")).rejects.toMatchObject({
    userMessage: { key: "snapshot.memory_hot_added" },
  });
  await expect(vm.revert("hot")).rejects.toMatchObject({
    code: "conflict.rule",
    userMessage: { key: "snapshot.hot_added" },
  });
  await expect(vm.take("disks", { memory: false })).rejects.toMatchObject({
    userMessage: { key: "snapshot.disk_internal" },
  });
  expect(await vm.virsh("dumpxml", vm.domain)).toBe(before);
  expect(await vm.virsh("domstate", vm.domain)).toBe("running");

  await vm.virsh("snapshot-delete", vm.domain, "hot");
  expect(await vm.remove("first")).toBe("done");
  expect(await vm.names()).toEqual(["byhand", "before"]);
  expect(await vm.revert("byhand")).toBe("done");
  expect(await vm.read()).toBe("two");
  expect(await vm.take("leaf")).toBe("done");
  expect(await vm.remove("before")).toBe("done");
  expect(await vm.names()).toEqual(["byhand", "leaf"]);
  expect(await vm.remove("byhand", true)).toBe("done");
  expect(await vm.names()).toEqual([]);

  const backup = await backUpFile(lab, portal, vmId);
  await forceOffVm(lab.host, (await portal.world.db.vm.findFirstOrThrow()).uuid);
  expect(await vm.take("cold")).toBe("done");
  expect(await vm.revert("cold")).toBe("done");
  expect(await vm.virsh("domstate", vm.domain)).toBe("shut off");
  expect((await vm.list()).find((each) => each.name === "cold")).toMatchObject({
    content: "disk",
    storage: "internal",
    parent: null,
    current: true,
  });
  // Snapshots know only the disks of now.
  await expect(
    restoreInPlace(portal.world.member, { backupId: backup.backupId, confirmName: "guest" }),
  ).rejects.toMatchObject({ userMessage: { key: "backup.in_place_snapshots" } });
  expect(await vm.remove("cold")).toBe("done");
  await fileIsBack(lab, portal, vmId, backup, imageId);
  await lab.remove(portal, vmId);
  expect(await lab.domains()).toEqual([]);
  // A backup is no snapshot: it has outlived its VM.
  await fileComesBack(lab, portal, backup, imageId);
  await lab.expectNothingLeft(portal);
}, 300_000);

it("UEFI: files on top, there and back, branches, deletion while on and off; nothing is left", async () => {
  const portal = await lab.startPortal();
  // Disks alone are looked at: no system has to start for that.
  const vmId = await lab.created(portal, "guest", { firmware: "uefi" });
  const vm = verbs(portal, vmId);
  const { uuid } = await portal.world.db.vm.findFirstOrThrow();
  const write = (text: string) => writeToDisk(lab.peer, vm.domain, text);
  const onDisk = () => readFromDisk(lab.peer, vm.domain);
  const files = async () => (await lab.volumes()).filter((name) => name.includes("qcow2")).length;

  await expect(vm.take("memory", { memory: true })).rejects.toMatchObject({
    userMessage: { key: "snapshot.memory_uefi" },
  });
  await variablesComeBack(lab, portal, vmId);
  await write("state-01");
  expect(await vm.take("a")).toBe("done");
  await write("state-02");
  expect(await vm.take("b")).toBe("done");
  await write("state-03");
  expect(await vm.list()).toMatchObject([
    { name: "a", storage: "external", content: "disk", current: false },
    { name: "b", storage: "external", parent: "a", current: true },
  ]);

  expect(await vm.revert("a")).toBe("done");
  expect(await onDisk()).toBe("state-01");
  expect(await vm.virsh("snapshot-current", vm.domain, "--name")).toBe("a");
  await write("state-04");
  // Now "a" is below both "b" and the present.
  await expect(vm.remove("a")).rejects.toMatchObject({ userMessage: { key: "snapshot.branches" } });
  expect(await vm.take("c")).toBe("done");

  expect(await vm.revert("b")).toBe("done");
  expect(await onDisk()).toBe("state-02");
  // The other branch goes without touching this one, while the guest runs.
  expect(await vm.remove("c")).toBe("done");
  expect(await vm.names()).toEqual(["a", "b"]);
  expect(await onDisk()).toBe("state-02");
  await write("state-05");
  expect(await vm.remove("a")).toBe("done");
  expect(await vm.names()).toEqual(["b"]);
  expect(await onDisk()).toBe("state-05");

  await forceOffVm(lab.host, uuid);
  expect(await vm.take("d")).toBe("done");
  expect(await vm.remove("b", true)).toBe("done");
  expect(await vm.names()).toEqual([]);
  expect(await files()).toBe(1);
  await vm.virsh("start", vm.domain);
  expect(await onDisk()).toBe("state-05");

  expect(await vm.take("e")).toBe("done");
  expect(await vm.take("f")).toBe("done");
  await lab.remove(portal, vmId);
  expect(await files()).toBe(0);
  const kept = ["find", "/var/lib/libvirt/qemu/snapshot", "-path", `*${vm.domain}*`, "-type", "f"];
  expect(await lab.peer.inside(kept)).toBe("");
}, 400_000);

it("a raw disk is refused, and a VM whose base is gone is left as it was", async () => {
  const portal = await lab.startPortal();
  const rawId = await lab.created(portal, "raw", { diskFormat: "raw" });
  await expect(verbs(portal, rawId).take("x")).rejects.toMatchObject({
    code: "conflict.rule",
    userMessage: { key: "snapshot.raw", values: { target: "vda" } },
  });
  await lab.remove(portal, rawId, "raw");

  const imageId = await addGuestImage(lab, portal.world);
  const vmId = await lab.created(portal, "guest", { imageId, memoryMib: 256 });
  const vm = verbs(portal, vmId);
  expect(await vm.take("with-cd")).toBe("done");
  await vm.virsh("change-media", vm.domain, "sda", "--eject", "--force", "--live", "--config");
  const { volume } = await portal.world.db.image.findFirstOrThrow();
  await vm.virsh("vol-delete", "--pool", "portico-images", volume ?? "");
  expect(await vm.revert("with-cd")).toContain("snapshot.file_gone");
  expect(await vm.virsh("domstate", vm.domain)).toBe("running");
}, 200_000);
