import type { Vm } from "@/lib/db/generated/client";
import type { Hosts } from "@/lib/hypervisor/types";
import type { VmView } from "@/lib/model/vm";
import { toVmView } from "./to-vm-view";

/** A row as it is shown now, joined with its host's inventory. */
export function viewOf(hosts: Hosts, row: Vm): VmView {
  const host = hosts.get(row.hostId);
  return toVmView(row, host?.inventory.get(row.uuid) ?? null, host);
}
