import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { askGuest } from "./ask-guest";
import { modify } from "./modify";

/**
 * Asks the guest to shut down: by its agent where one is connected, else by the ACPI button
 * (libvirt's own order when no flag is given). The state changes when the guest obeys.
 */
export function shutdownVm(host: Host, uuid: string): Promise<LiveVm> {
  return modify(
    host,
    uuid,
    (dom) => askGuest(linkOf(host).call("domainShutdownFlags", { dom, flags: 0 })),
    { goal: ["off"] },
  );
}
