import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { liveSnapshot } from "../testing/snapshots";
import { addImage, addVm, makeWorld } from "../testing/world";
import { deleteImage } from "./delete-image";

it("an image that a snapshot needs stays, and the refusal names the snapshot", async () => {
  const world = await makeWorld();
  const { host, member } = world;
  const image = await addImage(world);
  const live = liveVm(await addVm(world, { name: "guest" }));
  const media = [{ pool: image.pool, volume: image.volume, path: null }];
  host.set({ ...live, snapshots: [liveSnapshot(live, "before", { media })] });
  await expect(deleteImage(member, { imageId: image.id })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "image.in_snapshot", values: { names: "guest: before", count: 1 } },
  });
  host.set({ ...live, snapshots: [liveSnapshot(live, "before")] });
  const { taskId } = await deleteImage(member, { imageId: image.id });
  expect(taskId).not.toBeNull();
});

it("of another project's VM it says no name", async () => {
  const world = await makeWorld();
  const image = await addImage(world);
  const other = { ...world, project: world.otherProject };
  const live = liveVm(await addVm(other, { name: "secret" }));
  const media = [{ pool: image.pool, volume: image.volume, path: null }];
  world.host.set({ ...live, snapshots: [liveSnapshot(live, "hidden", { media })] });
  await expect(deleteImage(world.member, { imageId: image.id })).rejects.toMatchObject({
    userMessage: { key: "image.in_snapshot", values: { names: "?", count: 1 } },
  });
});
