import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { guestIsUp, inGuest } from "@/e2e/helpers/oracle";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { addGuestImage } from "@/lib/tasks/testing/guest-image";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("uefi");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

it("a VM with UEFI starts its ISO, is installed, and starts from its disk", async () => {
  const portal = await lab.startPortal();
  const imageId = await addGuestImage(lab, portal.world);
  const vmId = await lab.created(portal, "guest", { imageId, firmware: "uefi", memoryMib: 384 });
  const domain = `p-${vmId}`;
  const guest = (...argv: string[]) => inGuest(lab.peer, domain, argv);

  await guestIsUp(lab.peer, domain);
  expect(await guest("/bin/ls", "/sys/firmware")).toContain("efi");
  expect(await guest("/bin/ls", "/etc")).toContain("installer");
  await guest("/bin/sh", "-c", "printf 'yes\\ndemo\\n' | g-install >/dev/null 2>&1 &");
  await eventually(
    "the installed system",
    async () => {
      expect((await guest("/bin/hostname")).trim()).toBe("demo");
      // Only the system on the CD has the installer.
      expect(await guest("/bin/ls", "/etc")).not.toContain("installer");
      expect(await guest("/bin/ls", "/sys/firmware")).toContain("efi");
    },
    120_000,
  );
  await lab.remove(portal, vmId);
  await eventually("no firmware's memory left", async () => {
    expect(await lab.domains()).toEqual([]);
    expect(await lab.peer.inside(["ls", "/var/lib/libvirt/qemu/nvram"])).toBe("");
  });
}, 240_000);
