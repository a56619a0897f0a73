import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { liveDisk } from "../testing/snapshots";
import { addVm, makeWorld } from "../testing/world";
import { getDiskFile } from "./get-disk-file";

it("the file of a disk is nobody else's to look at, and only a disk has one", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  const live = liveVm(vm);
  world.host.set({
    ...live,
    disks: [liveDisk(live), liveDisk(live, { target: "sda", device: "cdrom" })],
  });
  const look = (target: string, ctx = world.viewer) => getDiskFile(ctx, { vmId: vm.id, target });
  await expect(look("vda", world.outsider)).rejects.toMatchObject({ code: "not_found" });
  await expect(look("vdb")).rejects.toMatchObject({ code: "not_found" });
  await expect(look("sda")).rejects.toMatchObject({ code: "not_found" });
  world.host.connection = "unreachable";
  await expect(look("vda")).rejects.toMatchObject({ code: "host.unreachable" });
});
