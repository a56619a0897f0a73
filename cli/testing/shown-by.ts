const disks = "lib/services/disk/add-disk.integration.test.ts";
const backups = "lib/tasks/backup-crash.integration.test.ts";
const snapshots = "lib/services/snapshot/snapshots.integration.test.ts";
const live = "e2e/live.e2e.ts";
const backup = "a VM's backup: made once, cut off everywhere, verified, restored and deleted";

const test = (file: string, title: string) => `\`${file}\` "${title}"`;

/** Commands whose doing on a host is shown by the test of their use case, and which that is. */
export const shownBy: Readonly<Record<string, string>> = {
  doctor: "`lib/hypervisor/doctor/run-doctor.integration.test.ts`",
  "vm save": test(live, "saved memory: by click and by virsh, and thrown away"),
  "vm rename": test(live, "a VM's name, description and tags show in the open pages"),
  "vm edit": test(live, "a VM's name, description and tags show in the open pages"),
  "disk add": test(disks, "a running guest has it at once and at its next start"),
  "disk attach": test(disks, "attached again by a portal killed at %s"),
  "disk detach": test(disks, "detached for good by a portal killed at %s"),
  "disk grow": test(disks, "grown by a portal killed at %s"),
  "snapshot ls": test(snapshots, "memory comes back, also of a snapshot by virsh"),
  "snapshot revert": test(snapshots, "UEFI: files on top, there and back"),
  "snapshot rm": test(snapshots, "deletion while on and off; nothing is left"),
  "vm export": test(
    "lib/services/appliance/export-vm.integration.test.ts",
    "an archive that other products read",
  ),
  "vm import": test(
    "lib/services/appliance/export-vm.integration.test.ts",
    "what was exported comes back with the same disk",
  ),
  "vm backup schedule": "`lib/services/backup-schedule/schedules.test.ts`",
  "vm backup create": test(backups, backup),
  "vm backup export": test(backups, backup),
  "vm backup restore": test(backups, backup),
  "vm backup restore-in-place": test(backups, backup),
  "vm backup verify": test(backups, backup),
  "network ls": test(live, "networks: defined, started, stopped, undefined"),
  "host backup-pool": test(backups, backup),
  "host ls": test(live, "pools: defined, started, stopped, undefined"),
};

/** Labels that browser tests reach in another way than by their words, and where. */
export const reachedBy: Readonly<Record<string, string>> = {
  Administration: test("e2e/kvm.e2e.ts", "/admin/hosts"),
  "Adopt…": test(live, "guests that Portico did not make"),
  "API tokens": test("e2e/pages.e2e.ts", "/account/tokens"),
  Backups: test("e2e/disks.e2e.ts", "/p/default/backups"),
  "Change processors and memory": test("e2e/install.e2e.ts", "a vCPU is added and memory taken"),
  "Let go of this VM": test(live, "guests that Portico did not make"),
  "Discard the saved state…": test(live, "saved memory: by click and by virsh"),
  Health: test("e2e/kvm.e2e.ts", "/admin/health"),
  Hosts: test("e2e/kvm.e2e.ts", "/admin/hosts"),
  Images: test("e2e/install.e2e.ts", "/p/default/images"),
  Networks: test("e2e/live/live.ts", "/p/default/networks"),
  "Restore from a file": test("e2e/definition.e2e.ts", "a downloaded file, changed"),
  "Save and stop…": test(live, "saved memory: by click and by virsh"),
  Screen: test("e2e/install.e2e.ts", "a VM's page shows its screen"),
  Snapshots: test("e2e/snapshots.e2e.ts", "a guest's memory is kept, lost, and comes back"),
};
