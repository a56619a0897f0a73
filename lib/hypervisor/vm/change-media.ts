import { setTimeout as rest } from "node:timers/promises";
import type { DomainRef } from "@/lib/libvirt";
import { AppError, isAppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { withMedia } from "../xml/edit-media";
import { modify } from "./modify";
import { openTray } from "./open-tray";
import { vmXml } from "./vm-xml";

const LIVE = 1;
const CONFIG = 2;
/** Opens a tray that the guest has locked, as an installer does. */
const FORCE = 4;
/** `VIR_DOMAIN_RUNNING`. */
const RUNNING = 1;

/**
 * A firmware that starts closes the tray again between libvirt's two steps, more than once while
 * it looks for what to boot, for many seconds on a busy host without KVM; the change may be
 * repeated safely, since it names the medium and is no toggle.
 */
const pausesMs = [100, 300];

/**
 * Puts a volume into the VM's CD drive, or empties it, in the running guest and for the next boot.
 * Throws `host.unsupported` when it has no such drive.
 */
export function changeMedia(
  host: Host,
  uuid: string,
  media: { pool: string; volume: string } | null,
): Promise<LiveVm> {
  const link = linkOf(host);
  return modify(host, uuid, async (dom) => {
    const running = dom.id >= 0;
    const xml = withMedia(await vmXml(host, uuid, running ? "live" : "next"), media);
    if (xml === null) {
      throw new AppError({ code: "host.unsupported", message: "the domain has no CD drive" });
    }
    const flags = running ? LIVE | CONFIG | FORCE : CONFIG;
    const change = () => link.call("domainUpdateDeviceFlags", { dom, xml, flags });
    if (!running) return change();
    return (await tried(change)) || whileStill(host, uuid, dom, change);
  });
}

/** Whether one of a few tries was taken; throws what is no refusal. */
async function tried(change: () => Promise<unknown>): Promise<boolean> {
  for (const pauseMs of pausesMs) {
    try {
      await change();
      return true;
    } catch (error) {
      if (!isAppError(error, "host.refused")) throw error;
      await rest(pauseMs);
    }
  }
  return false;
}

/**
 * Does it in the moment in which the guest's processors stand, so that nothing closes the tray; but
 * for what the guest had asked of its drive before they did, so that here, too, once is not enough.
 */
async function whileStill(
  host: Host,
  uuid: string,
  dom: DomainRef,
  change: () => Promise<unknown>,
): Promise<void> {
  const link = linkOf(host);
  const last = async () => {
    await openTray(host, uuid, dom);
    await change();
  };
  const { state } = await link.call("domainGetState", { dom, flags: 0 });
  if (state !== RUNNING) return last();
  await link.call("domainSuspend", { dom });
  try {
    if (!(await tried(change))) await last();
  } finally {
    await link.call("domainResume", { dom });
  }
}
