import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { askGuest } from "./ask-guest";
import { modify } from "./modify";

/** Asks the guest to reboot, by its agent or the ACPI button. It stays the same run of QEMU. */
export function rebootVm(host: Host, uuid: string): Promise<LiveVm> {
  return modify(host, uuid, (dom) =>
    askGuest(linkOf(host).call("domainReboot", { dom, flags: 0 })),
  );
}
