import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { guestIsUp, inGuest, startInGuest } from "@/e2e/helpers/oracle";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { addGuestImage } from "@/lib/tasks/testing/guest-image";
import { getVm } from "./get-vm";
import { powerVm } from "./power-vm";

const disks = "/var/lib/libvirt/images/portico/disks";
let lab: CrashLab;

/** The pool of disks becomes a file system of that size. */
async function poolOf(how: "mount" | "remount", size: string): Promise<void> {
  const options = how === "remount" ? `remount,size=${size}` : `size=${size}`;
  await lab.peer.inside(["mount", "-t", "tmpfs", "-o", options, "disks", disks]);
  await lab.peer.virsh(["pool-refresh", "portico-disks"]);
}

beforeAll(async () => {
  lab = await CrashLab.start("full");
  await poolOf("mount", "2g");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

it("a guest whose storage is full is stopped with the reason, and goes on after room was made", async () => {
  const portal = await lab.startPortal();
  const { member } = portal.world;
  const imageId = await addGuestImage(lab, portal.world);
  const vmId = await lab.created(portal, "guest", { imageId, memoryMib: 256 });
  const guest = (...argv: string[]) => inGuest(lab.peer, `p-${vmId}`, argv);
  await guestIsUp(lab.peer, `p-${vmId}`);

  await poolOf("remount", "16m");
  // A second later, so that the guest does not stop before its agent has answered.
  const write = "dd if=/dev/zero of=/dev/vda bs=1M count=48 conv=fsync && touch /tmp/written";
  await startInGuest(lab.peer, `p-${vmId}`, ["/bin/sh", "-c", `sleep 1; ${write}`]);
  await eventually("a guest that was stopped", async () => {
    expect(await getVm(member, { vmId })).toMatchObject({
      state: "paused_io_error",
      stateReason: "io error",
      verbs: expect.arrayContaining(["resume", "force_off"]),
    });
  });
  expect(await lab.peer.virsh(["domblkerror", `p-${vmId}`])).toMatch(/vda: no space/);

  // Resumed too early it stops again, and loses nothing.
  await powerVm(member, { vmId, verb: "resume" });
  await eventually("a guest that was stopped again", async () => {
    expect((await getVm(member, { vmId })).state).toBe("paused_io_error");
  });

  await poolOf("remount", "2g");
  expect((await powerVm(member, { vmId, verb: "resume" })).state).toBe("running");
  await eventually("the end of the writing", async () => {
    expect(await guest("/bin/ls", "/tmp")).toContain("written");
  });
  await lab.remove(portal, vmId);
}, 180_000);
