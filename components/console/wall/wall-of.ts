import type { VmView } from "@/lib/model/vm";

/** Screens of a wall: a person has 20 consoles, and wants some beside it. */
export const mostTiles = 12;

/** The VMs that have a screen to show, by name, and how many of these have no place. */
export function wallOf(vms: readonly VmView[]): { shown: VmView[]; left: number } {
  const running = vms
    .filter((vm) => vm.bootId !== null)
    .sort((one, other) => one.name.localeCompare(other.name));
  const shown = running.slice(0, mostTiles);
  return { shown, left: running.length - shown.length };
}
