import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

/** Whether the guest starts with its host: libvirtd starts it when it starts itself. */
export function setAutostart(host: Host, uuid: string, autostart: boolean): Promise<LiveVm> {
  return modify(host, uuid, (dom) =>
    linkOf(host).call("domainSetAutostart", { dom, autostart: autostart ? 1 : 0 }),
  );
}
