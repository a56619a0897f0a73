import { describe, expect, it } from "vitest";
import { addDisk } from "../disk/add-disk";
import { addNic } from "../nic/add-nic";
import { setNicLink } from "../nic/set-nic-link";
import { createSnapshot } from "../snapshot/create-snapshot";
import { liveVm } from "../testing/live-vm";
import { addImage, addVm, everything, makeWorld, type World } from "../testing/world";
import { discardSaved } from "./discard-saved";
import { ejectMedia } from "./eject-media";
import { getVm } from "./get-vm";
import { insertMedia } from "./insert-media";
import { planResize } from "./plan-resize";
import { resizeVm } from "./resize-vm";
import { saveVm } from "./save-vm";
import { setRecovery } from "./set-recovery";

async function vmIn(world: World, state: "running" | "paused" | "off" | "saved") {
  const row = await addVm(world);
  const bootId = state === "off" || state === "saved" ? null : "boot-1";
  world.host.set(liveVm(row, { state, bootId }));
  return row.id;
}

describe("saving", () => {
  it.each(["running", "paused"] as const)(
    "a %s guest is a task that can be cancelled",
    async (state) => {
      const world = await makeWorld();
      const vmId = await vmIn(world, state);
      const { taskId } = await saveVm(world.member, { vmId });
      const { tasks } = await getVm(world.viewer, { vmId });
      expect(tasks).toMatchObject([
        { id: taskId, kind: "vm.save", cancellable: true, steps: [{ name: "save" }] },
      ]);
    },
  );

  it.each([
    ["off", "vm.not_savable"],
    ["saved", "vm.is_saved"],
  ] as const)("what is %s is refused", async (state, key) => {
    const world = await makeWorld();
    const vmId = await vmIn(world, state);
    const before = await everything(world.db);
    await expect(saveVm(world.member, { vmId })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key },
    });
    expect(await everything(world.db)).toEqual(before);
  });
});

it("what shares its clipboard by a QEMU that cannot write its memory then is not saved", async () => {
  const world = await makeWorld();
  const row = await addVm(world);
  const clipboard = { now: true, next: true, agent: true };
  world.host.set(liveVm(row, { clipboard }));
  const { member } = world;
  await expect(saveVm(member, { vmId: row.id })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "vm.clipboard_not_savable" },
  });
  expect(await world.db.task.count()).toBe(0);
  // What its next start has is no matter yet.
  world.host.set(liveVm(row, { clipboard: { ...clipboard, now: false } }));
  await saveVm(member, { vmId: row.id });
});

it("only what is saved can be discarded", async () => {
  const world = await makeWorld();
  await expect(
    discardSaved(world.member, { vmId: await vmIn(world, "off") }),
  ).rejects.toMatchObject({ code: "vm.bad_state", userMessage: { key: "vm.not_saved" } });
});

it("it can be started or discarded, and nothing that its memory would not fit is changed", async () => {
  const world = await makeWorld();
  const vmId = await vmIn(world, "saved");
  const { member } = world;
  expect((await getVm(member, { vmId })).verbs).toEqual(["start"]);
  const { id: imageId } = await addImage(world);
  const saved = { code: "vm.bad_state", userMessage: { key: "vm.is_saved" } };
  await expect(ejectMedia(member, { vmId })).rejects.toMatchObject(saved);
  await expect(insertMedia(member, { vmId, imageId })).rejects.toMatchObject(saved);
  const nic = { vmId, mac: "52:54:00:00:00:01", up: false };
  await expect(setNicLink(member, nic)).rejects.toMatchObject(saved);
  const card = { vmId, network: "default", model: "virtio" } as const;
  await expect(addNic(member, card)).rejects.toMatchObject(saved);
  const recovery = { vmId, onPanic: "stop", watchdog: "none" } as const;
  await expect(setRecovery(member, recovery)).rejects.toMatchObject(saved);
  const disk = { vmId, sizeGib: 1, format: "qcow2" } as const;
  await expect(addDisk(member, disk)).rejects.toMatchObject(saved);
  const sizes = { vmId, vcpus: 4, memoryMib: 1024 };
  await expect(resizeVm(member, sizes)).rejects.toMatchObject(saved);
  expect(await planResize(member, sizes)).toMatchObject({
    possible: false,
    vcpus: { reasonKey: "resize.saved" },
  });
  await expect(
    createSnapshot(member, { vmId, name: "one", description: "" }),
  ).rejects.toMatchObject({ code: "vm.bad_state", userMessage: { key: "snapshot.saved" } });
});
