import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

/** Throws away a guest's saved memory: its next start boots. */
export function discardSaved(host: Host, uuid: string): Promise<LiveVm> {
  return modify(
    host,
    uuid,
    (dom) => linkOf(host).call("domainManagedSaveRemove", { dom, flags: 0 }),
    { goal: ["off"] },
  );
}
