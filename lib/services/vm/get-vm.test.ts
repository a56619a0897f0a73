import { expect, it } from "vitest";
import type { LiveDisk } from "@/lib/hypervisor/types";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { newDiskSettings } from "@/lib/model/disk-settings";
import { liveVm } from "../testing/live-vm";
import { addImage, addVm, makeWorld } from "../testing/world";
import { getVm } from "./get-vm";

const drive: LiveDisk = {
  target: "sda",
  bus: "sata",
  device: "cdrom",
  format: "raw",
  pool: null,
  volume: null,
  path: null,
  capacityBytes: null,
  allocationBytes: null,
  bootOrder: null,
  limits: noDiskLimits,
  settings: newDiskSettings,
};
const pool = "portico-images";
const byPool = { ...drive, pool, volume: "one.iso" };
const byFile = { ...byPool, path: "/images/one.iso" };
const foreign = { ...drive, path: "/home/someone/secret-name.iso" };

const known = { filled: true, volume: "one.iso", imageName: "One" };
const unknown = { filled: true, volume: null, imageName: null };
const empty = { filled: false, volume: null, imageName: null };

it.each([
  ["an image", byPool, byPool, known, null],
  ["an image that is named by its file later", byPool, byFile, known, null],
  ["an image that is out at the next start", byPool, drive, known, empty],
  ["nothing, and an image at the next start", drive, byPool, empty, known],
  ["a medium that is no volume", foreign, foreign, unknown, null],
  ["nothing, and such a medium at the next start", drive, foreign, empty, unknown],
  ["an image, and such a medium at the next start", byPool, foreign, known, unknown],
  ["nothing", drive, drive, empty, null],
])("a drive with %s", async (_what, now, later, shown, next) => {
  const world = await makeWorld();
  const row = await addVm(world);
  await addImage(world, { name: "One", volume: "one.iso" });
  world.host.set(liveVm(row, { disks: [now], nextDisks: [later] }));
  const detail = await getVm(world.viewer, { vmId: row.id });
  expect(detail.disks).toMatchObject([{ ...shown, next }]);
  expect(JSON.stringify(detail)).not.toContain("secret-name");
});

it("is called on its host as its host says, also after virsh has renamed it", async () => {
  const world = await makeWorld();
  const row = await addVm(world);
  world.host.set(liveVm(row, { domainName: "theirs" }));
  expect((await getVm(world.viewer, { vmId: row.id })).domainName).toBe("theirs");
  const { member } = world;
  const gone = await addVm(world);
  expect((await getVm(member, { vmId: gone.id })).domainName).toBe(gone.domainName);
});
