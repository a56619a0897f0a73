import { type DiskHolder, holderProblem } from "./disk-plan";
import type { DiskSettings, DiskSettingsAsked } from "./disk-settings";
import type { UserMessage } from "./errors";
import type { ResizeWhen } from "./resize-plan";

/** A drive as the VM's next start will have it. */
export interface PlannedDrive {
  target: string;
  device: "disk" | "cdrom";
  bootOrder: number | null;
  settings: DiskSettings;
}

export const settingFields = ["bus", "cache", "discard", "serial"] as const;
export type SettingField = (typeof settingFields)[number];

/** What is well possible and may yet surprise. */
export const settingWarnings = [
  "bus_system",
  "bus_data",
  "bus_names",
  "virtio_only",
  "no_unplug",
  "serial_names",
  "snapshots",
  "direct_io_unknown",
] as const;
export type SettingWarning = (typeof settingWarnings)[number];

export interface DiskSettingsPlan {
  /** `now` on a VM that is off means: at its next start anyway. */
  when: ResizeWhen;
  /** What will be another; empty where nothing is. */
  changes: { field: SettingField; from: string | null; to: string | null }[];
  /** All that the disk has afterwards. */
  wanted: DiskSettings;
  warnings: SettingWarning[];
  /** Why not, a message of `errors`; then nothing is done. */
  problem: UserMessage | null;
  /** Whether the values themselves are to blame, rather than the VM's state. */
  invalid: boolean;
}

const offStates: readonly DiskHolder["state"][] = ["off", "crashed"];
/** QEMU opens the file past the host's page cache. */
const directCaches: readonly string[] = ["none", "directsync"];

/**
 * What other settings of a disk will do. Pure: the dialog shows it beforehand and the server acts
 * on it. No running guest can be told, so all of it holds from the next start on. The disk keeps
 * its name: boot order, snapshots, backups and rows know it by that, and libvirt takes any name on
 * any bus. `directIo` is whether files of its pool can be opened past the host's cache; null where
 * that cannot be tried.
 */
export function planDiskSettings(
  vm: Pick<DiskHolder, "state" | "hasSnapshots">,
  target: string,
  asked: DiskSettingsAsked,
  { drives, directIo }: { drives: readonly PlannedDrive[]; directIo: boolean | null },
): DiskSettingsPlan | null {
  const disk = drives.find((each) => each.target === target && each.device === "disk");
  if (disk === undefined) return null;
  const before = disk.settings;
  const wanted: DiskSettings = {
    bus: asked.bus ?? before.bus,
    cache: asked.cache ?? before.cache,
    discard: asked.discard ?? before.discard,
    serial: asked.serial === undefined ? before.serial : asked.serial,
  };
  const changes = settingFields
    .filter((field) => wanted[field] !== before[field])
    .map((field) => ({ field, from: before[field], to: wanted[field] }));
  const plan = { changes, wanted, warnings: [] };
  const state = holderProblem({ state: vm.state, hasSnapshots: false });
  if (state !== null) return { ...plan, when: "refused", problem: state, invalid: false };
  const changed = changes.map(({ field }) => field);
  const values = badValues(disk, wanted, changed, { drives, directIo });
  if (values !== null) return { ...plan, when: "refused", problem: values, invalid: true };
  if (changes.length === 0) return { ...plan, when: "unchanged", problem: null, invalid: false };
  return {
    ...plan,
    when: offStates.includes(vm.state) ? "now" : "next_boot",
    warnings: warningsOf(disk, wanted, changed, { drives, directIo, ...vm }),
    problem: null,
    invalid: false,
  };
}

function badValues(
  disk: PlannedDrive,
  wanted: DiskSettings,
  changed: readonly SettingField[],
  { drives, directIo }: { drives: readonly PlannedDrive[]; directIo: boolean | null },
): UserMessage | null {
  const { cache, serial } = wanted;
  if (changed.includes("cache") && directIo === false && directCaches.includes(cache)) {
    return { key: "disk.no_direct_io", values: { cache } };
  }
  const twin = drives.find(
    (each) => each.target !== disk.target && each.settings.serial === serial,
  );
  if (!changed.includes("serial") || serial === null || twin === undefined) return null;
  return { key: "disk.same_serial", values: { serial, target: twin.target } };
}

function warningsOf(
  disk: PlannedDrive,
  { bus, cache }: DiskSettings,
  changed: readonly SettingField[],
  known: { drives: readonly PlannedDrive[]; directIo: boolean | null; hasSnapshots: boolean },
): SettingWarning[] {
  const warnings: SettingWarning[] = [];
  if (changed.includes("bus")) {
    warnings.push(isSystem(disk, known.drives) ? "bus_system" : "bus_data", "bus_names");
    if (disk.settings.bus === "virtio") warnings.push("virtio_only");
    if (bus === "sata") warnings.push("no_unplug");
  }
  if (changed.includes("serial")) warnings.push("serial_names");
  const untried = changed.includes("cache") && known.directIo === null;
  if (untried && directCaches.includes(cache)) warnings.push("direct_io_unknown");
  if (known.hasSnapshots) warnings.push("snapshots");
  return warnings;
}

/** Whether the guest starts from it: the first disk of the boot order, or the first that it has. */
function isSystem(disk: PlannedDrive, drives: readonly PlannedDrive[]): boolean {
  const place = (each: PlannedDrive) => each.bootOrder ?? Number.POSITIVE_INFINITY;
  const disks = drives.filter((each) => each.device === "disk");
  const first = disks.reduce((one, other) => (place(other) < place(one) ? other : one), disk);
  const noneSaid = disks.every((each) => each.bootOrder === null);
  return noneSaid ? disks[0]?.target === disk.target : first.target === disk.target;
}
