import {
  type ApplianceView,
  type ImportDrivers,
  type ImportVmInput,
  importDefaults,
} from "@/lib/model/appliance";
import { headroom } from "@/lib/model/headroom";
import type { NetworkView } from "@/lib/model/host";
import type { Amounts } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import type { Firmware } from "@/lib/model/vm";
import { wholeNumber } from "../create/form-state";
import type { HostRoom } from "../types";

/** Figures are kept as typed, so that a half-typed number is not rewritten under the hand. */
export interface ImportForm {
  name: string;
  vcpus: string;
  memoryMib: string;
  network: string;
  firmware: Firmware;
  drivers: ImportDrivers;
  start: boolean;
  remove: boolean;
}

/** What the form begins with: what the file says, and the network that VMs get otherwise. */
export function firstForm(
  appliance: ApplianceView,
  networks: readonly Pick<NetworkView, "name" | "active">[],
): ImportForm {
  const { name, vcpus, memoryMib, firmware, drivers } = importDefaults(appliance);
  const active = networks.filter((each) => each.active);
  const network = active.find((each) => each.name === "default") ?? active[0];
  return {
    name,
    vcpus: String(vcpus),
    memoryMib: String(memoryMib),
    network: network?.name ?? "",
    firmware,
    drivers,
    start: true,
    remove: true,
  };
}

/** Null while a figure is none. */
export function inputOf(form: ImportForm, imageId: string): ImportVmInput | null {
  const { name, network, firmware, drivers, start, remove } = form;
  const vcpus = wholeNumber(form.vcpus);
  const memoryMib = wholeNumber(form.memoryMib);
  if (vcpus === null || memoryMib === null) return null;
  return { imageId, name, vcpus, memoryMib, network, firmware, drivers, start, keep: !remove };
}

/** What it takes of the quota: memory with its room to grow, disks with their whole size. */
export function quotaAsked(
  form: Pick<ImportForm, "vcpus" | "memoryMib">,
  appliance: Pick<ApplianceView, "disks">,
  room: Pick<HostRoom, "cpuCount" | "memoryKib"> | null,
): Partial<Amounts> {
  const vcpus = wholeNumber(form.vcpus) ?? 0;
  const memoryMib = wholeNumber(form.memoryMib) ?? 0;
  const ceiling = room === null ? memoryMib : headroom({ vcpus, memoryMib }, room).maxMemoryMib;
  const bytes = appliance.disks.reduce((sum, disk) => sum + disk.capacityBytes, 0);
  return { vms: 1, vcpus, memoryMib: ceiling, diskGib: bytes / BYTES_PER_GIB };
}
