import { AppError, notFound } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { nicOf } from "../xml/edit-nic";
import { printXml } from "../xml/tree";
import { modify } from "./modify";
import { vmXml } from "./vm-xml";

const LIVE = 1;
const CONFIG = 2;
/** libvirt itself waits five seconds for the guest before it answers. */
const DETACH_DEADLINE_MS = 20_000;
const PATIENCE_MS = 3_000;

/**
 * Takes a network card out of the running guest and then out of the definition. Throws `not_found`
 * when no card has that MAC, and `host.timeout` when the guest does not let it go: then it keeps
 * the card, at its next start as well.
 */
export function removeNic(host: Host, uuid: string, mac: string): Promise<LiveVm> {
  return modify(host, uuid, async (dom) => {
    const live = dom.id >= 0 ? nicOf(await vmXml(host, uuid, "live"), mac) : null;
    const next = nicOf(await vmXml(host, uuid, "next"), mac);
    if (live === null && next === null) throw notFound("the network card");
    const detach = (nic: typeof next, flags: number) =>
      nic &&
      linkOf(host).call(
        "domainDetachDeviceFlags",
        { dom, xml: printXml(nic), flags },
        { deadlineMs: DETACH_DEADLINE_MS },
      );
    if (live !== null) {
      await detach(live, LIVE);
      await letGo(host, uuid, mac);
    }
    await detach(next, CONFIG);
  });
}

/** The guest's answer comes as an event of libvirt's, at which the inventory reads the VM. */
async function letGo(host: Host, uuid: string, mac: string): Promise<void> {
  const isGone = (vm: LiveVm | null) =>
    vm === null || vm.bootId === null || vm.nics.every((nic) => nic.mac !== mac.toLowerCase());
  let resolve: (answered: boolean) => void = () => undefined;
  const answer = new Promise<boolean>((take) => {
    resolve = take;
  });
  const timer = setTimeout(() => resolve(false), PATIENCE_MS);
  const leave = host.inventory.onChange((change) => {
    if (change.type === "vm" && change.vm.uuid === uuid && isGone(change.vm)) resolve(true);
  });
  try {
    if (isGone(await host.inventory.refresh(uuid)) || (await answer)) return;
  } finally {
    clearTimeout(timer);
    leave();
  }
  throw new AppError({
    code: "host.timeout",
    message: `the guest of ${uuid} does not let go of ${mac}`,
    userMessage: { key: "vm.keeps_nic" },
    details: { reason: "the guest did not answer", sent: true },
  });
}
