import { AppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { driveXml } from "../xml/drive";
import { modify } from "./modify";
import { vmXml } from "./vm-xml";

const LIVE = 1;
const CONFIG = 2;
/** libvirt itself waits some seconds for the guest before it answers. */
const UNPLUG_DEADLINE_MS = 20_000;
/** What a guest is given to let go of a disk. */
export const GUEST_PATIENCE_MS = 20_000;

/**
 * Takes the disk at `target` away, from the running guest first and then from its next start;
 * where it is gone already nothing is done. A guest must let go of a disk by itself: of one that
 * does not within `patienceMs`, it throws `host.refused`, and the VM has all of it as before. Such
 * a guest may still do it later; the next start then has it again.
 */
export async function detachDisk(
  host: Host,
  uuid: string,
  target: string,
  patienceMs = GUEST_PATIENCE_MS,
): Promise<void> {
  const link = linkOf(host);
  const detach = (which: "live" | "next") =>
    modify(host, uuid, async (dom) => {
      if (which === "live" && dom.id < 0) return;
      const xml = driveXml(await vmXml(host, uuid, which), target);
      if (xml === null) return;
      const flags = which === "live" ? LIVE : CONFIG;
      const options = { deadlineMs: UNPLUG_DEADLINE_MS };
      await link.call("domainDetachDeviceFlags", { dom, xml, flags }, options);
    });
  const asked = await detach("live");
  if (hasIt(asked, target) && !(await letsGo(host, uuid, target, patienceMs))) {
    throw new AppError({
      code: "host.refused",
      message: `the guest of ${uuid} holds ${target}`,
      userMessage: { key: "disk.guest_holds", values: { target, seconds: patienceMs / 1000 } },
    });
  }
  await detach("next");
}

function hasIt(vm: LiveVm, target: string): boolean {
  return vm.bootId !== null && vm.disks.some((disk) => disk.target === target);
}

/** Waits for libvirt's event, by which the inventory reads the domain again. */
async function letsGo(
  host: Host,
  uuid: string,
  target: string,
  patienceMs: number,
): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    const end = (gone: boolean) => {
      clearTimeout(timer);
      unsubscribe();
      resolve(gone);
    };
    const look = (vm: LiveVm | null) => {
      if (vm === null || !hasIt(vm, target)) end(true);
    };
    const timer = setTimeout(() => end(false), patienceMs);
    const unsubscribe = host.inventory.onChange((change) => {
      if (change.type === "vm" && change.vm.uuid === uuid) look(change.vm);
      if (change.type === "vm.removed" && change.uuid === uuid) look(null);
    });
    // It may have gone before anybody listened.
    look(host.inventory.get(uuid));
  });
}
