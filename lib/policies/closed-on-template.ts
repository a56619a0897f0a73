import type { Permission } from "./permissions";

/**
 * What nobody does to a template, whose disks and definition stay as they are. Pages show it
 * beforehand; the use cases refuse it.
 */
export const closedOnTemplate: readonly Permission[] = [
  "vm.resize",
  "vm.media",
  "vm.disk",
  "vm.nic",
  "vm.boot",
  "vm.snapshot",
  "vm.recovery",
  "vm.clipboard",
  "vm.video",
  "vm.rescue",
  "vm.autostart",
  "vm.revert",
  "vm.restore",
  "vm.transfer",
  "vm.adopt",
  "vm.edit_definition",
  "vm.set_disk_limits",
  "vm.set_nic_limits",
  "vm.pin",
  "vm.tune",
  "backup.create",
  "backup.schedule",
  "backup.restore_in_place",
];
