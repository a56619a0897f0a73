import { noDiskLimits } from "@/lib/model/disk-limits";
import { watchSchema } from "@/lib/model/watch/watch";
import { adoptVm } from "../adoption/adopt-vm";
import { releaseVm } from "../adoption/release-vm";
import { exportBackup } from "../appliance/export-backup";
import { exportVm } from "../appliance/export-vm";
import { addDisk } from "../disk/add-disk";
import { attachDisk } from "../disk/attach-disk";
import { deleteDisk } from "../disk/delete-disk";
import { detachDisk } from "../disk/detach-disk";
import { getDisk } from "../disk/get-disk";
import { growDisk } from "../disk/grow-disk";
import { listDisks } from "../disk/list-disks";
import { planDiskSettings } from "../disk/plan-disk-settings";
import { setDiskLimits } from "../disk/set-disk-limits";
import { setDiskSettings } from "../disk/set-disk-settings";
import { freezeGuest } from "../freeze/freeze-guest";
import { getFreeze } from "../freeze/get-freeze";
import { thawGuest } from "../freeze/thaw-guest";
import { extendLease } from "../lease/extend-lease";
import { leaseTerms } from "../lease/lease-terms";
import { subscribe } from "../live/subscribe";
import { addNic } from "../nic/add-nic";
import { moveNic } from "../nic/move-nic";
import { removeNic } from "../nic/remove-nic";
import { setNicLimits } from "../nic/set-nic-limits";
import { setNicLink } from "../nic/set-nic-link";
import { setNicModel } from "../nic/set-nic-model";
import { getScreen } from "../screen/get-screen";
import { createSnapshot } from "../snapshot/create-snapshot";
import { deleteSnapshot } from "../snapshot/delete-snapshot";
import { editSnapshot } from "../snapshot/edit-snapshot";
import { listSnapshots } from "../snapshot/list-snapshots";
import { revertSnapshot } from "../snapshot/revert-snapshot";
import { getStartOrder } from "../start-order/get-start-order";
import { setStartOrder } from "../start-order/set-start-order";
import { getVmTuning } from "../tuning/get-vm-tuning";
import { tuneVm } from "../tuning/tune-vm";
import { bootOnce } from "../vm/boot-once";
import { cloneVm } from "../vm/clone/clone-vm";
import { createVm } from "../vm/create-vm";
import { defineVm } from "../vm/definition/define-vm";
import { revertPending } from "../vm/definition/revert-pending";
import { deleteVm } from "../vm/delete-vm";
import { ejectMedia } from "../vm/eject-media";
import { getCpu } from "../vm/get-cpu";
import { getGuest } from "../vm/get-guest";
import { getMemory } from "../vm/get-memory";
import { getPinning } from "../vm/get-pinning";
import { getProcess } from "../vm/get-process";
import { getVm } from "../vm/get-vm";
import { importVm } from "../vm/import/import-vm";
import { insertMedia } from "../vm/insert-media";
import { listVms } from "../vm/list-vms";
import { openConsole } from "../vm/open-console";
import { pinVm } from "../vm/pin-vm";
import { powerVm } from "../vm/power-vm";
import { endRescue } from "../vm/rescue/end-rescue";
import { startRescue } from "../vm/rescue/start-rescue";
import { resizeVm } from "../vm/resize-vm";
import { saveVm } from "../vm/save-vm";
import { setAutostart } from "../vm/set-autostart";
import { setBootOrder } from "../vm/set-boot-order";
import { setClipboard } from "../vm/set-clipboard";
import { setConsoleControl } from "../vm/set-console-control";
import { setCpu } from "../vm/set-cpu";
import { setGuestPassword } from "../vm/set-guest-password";
import { setRecovery } from "../vm/set-recovery";
import { setVideo } from "../vm/set-video";
import { setTemplate } from "../vm/template/set-template";
import { transferVm } from "../vm/transfer/transfer-vm";
import { updateVm } from "../vm/update-vm";
import { checkDisk } from "../volume/check-disk";
import { compactDisk } from "../volume/compact-disk";
import { convertDisk } from "../volume/convert-disk";
import { addWatch } from "../watch/add-watch";
import { listWatches } from "../watch/list-watches";
import { removeWatch } from "../watch/remove-watch";
import type { UseCase } from "./use-case";

const sizes = { vcpus: 2, maxVcpus: 4, memoryKib: 1_048_576, maxMemoryKib: 2_097_152 };

/** Of a machine that is on no host. */
const nobodys = "5f0c1c52-7b53-4f0e-9d5a-0d1f4d7f7a11";

/** Every use case on a VM, its disks, cards and snapshots. */
export const vmUseCases: UseCase[] = [
  ["list watches", "vm.screen", (ctx, { vmId }) => listWatches(ctx, { vmId })],
  [
    "add a watch",
    "vm.console",
    (ctx, { vmId }) => {
      const condition = { name: "up", kind: "screen", texts: ["login:"] } as const;
      return addWatch(ctx, { ...watchSchema.parse(condition), vmId });
    },
  ],
  ["remove a watch", "vm.console", (ctx, { vmId, watchId }) => removeWatch(ctx, { vmId, watchId })],
  ["list VMs", "vm.read", (ctx, { projectId }) => listVms(ctx, { projectId })],
  ["see inside a guest", "vm.read", (ctx, { vmId }) => getGuest(ctx, { vmId })],
  ["see a guest's memory", "vm.read", (ctx, { vmId }) => getMemory(ctx, { vmId })],
  [
    "set a password inside a guest",
    "vm.guest",
    (ctx, { vmId }) => setGuestPassword(ctx, { vmId, user: "root", password: "a secret" }),
  ],
  ["see what a VM is bound to", "vm.process", (ctx, { vmId }) => getPinning(ctx, { vmId })],
  [
    "bind a VM to CPUs of its host",
    "vm.pin",
    (ctx, { vmId }) => pinVm(ctx, { vmId, vcpus: [{ vcpu: 0, cpus: [0] }] }),
  ],
  [
    "adopt a machine made elsewhere",
    "vm.adopt",
    (ctx, { projectId }) => adoptVm(ctx, { hostId: "local", projectId, uuid: nobodys }),
  ],
  ["release a VM", "vm.adopt", (ctx, { vmId }) => releaseVm(ctx, { vmId })],
  ["see the start order", "vm.read", (ctx, { vmId }) => getStartOrder(ctx, { vmId })],
  [
    "set a VM's place in the start order",
    "vm.autostart",
    (ctx, { vmId }) => setStartOrder(ctx, { vmId, place: { position: 1, delaySeconds: 0 } }),
  ],
  ["see how a VM is tuned", "vm.process", (ctx, { vmId }) => getVmTuning(ctx, { vmId })],
  [
    "tune a VM",
    "vm.tune",
    (ctx, { vmId }) =>
      tuneVm(ctx, { vmId, hugePages: false, memoryCells: null, ioThreads: 0, disks: [] }),
  ],
  ["see whether a guest is frozen", "vm.read", (ctx, { vmId }) => getFreeze(ctx, { vmId })],
  [
    "freeze a guest's file systems",
    "vm.guest",
    (ctx, { vmId }) => freezeGuest(ctx, { vmId, seconds: 5 }),
  ],
  ["thaw a guest's file systems", "vm.guest", (ctx, { vmId }) => thawGuest(ctx, { vmId })],
  ["see a VM as a process", "vm.process", (ctx, { vmId }) => getProcess(ctx, { vmId })],
  ["see a VM", "vm.read", (ctx, { vmId }) => getVm(ctx, { vmId })],
  ["list disks", "disk.read", (ctx, { projectId }) => listDisks(ctx, { projectId })],
  ["see a disk", "disk.read", (ctx, { projectId, diskId }) => getDisk(ctx, { projectId, diskId })],
  [
    "convert a disk",
    "vm.disk",
    (ctx, { vmId }) =>
      convertDisk(ctx, { vmId, target: "vda", format: "raw", copy: false, keepOld: false }),
  ],
  ["check a disk", "vm.disk", (ctx, { vmId }) => checkDisk(ctx, { vmId, target: "vda" })],
  [
    "compact a disk",
    "vm.disk",
    (ctx, { vmId }) => compactDisk(ctx, { vmId, target: "vda", keepOld: false }),
  ],
  ["delete a kept disk", "disk.delete", (ctx, { diskId }) => deleteDisk(ctx, { diskId })],
  ["see the terms of leases", "vm.read", (ctx, { projectId }) => leaseTerms(ctx, { projectId })],
  ["extend a lease", "vm.extend_lease", (ctx, { vmId }) => extendLease(ctx, { vmId })],
  ["follow events", "vm.read", async (ctx, ids) => subscribe(ctx, ids, () => undefined)()],
  [
    "create a VM",
    "vm.create",
    (ctx, { projectId }) =>
      createVm(ctx, {
        projectId,
        name: "new",
        imageId: null,
        vcpus: 1,
        memoryMib: 512,
        diskGib: 1,
        diskFormat: "qcow2",
        network: "default",
        firmware: "bios",
      }),
  ],
  [
    "import a VM",
    "vm.create",
    (ctx, { applianceId: imageId }) =>
      importVm(ctx, {
        imageId,
        name: "imported",
        vcpus: 1,
        memoryMib: 512,
        network: "default",
        firmware: "bios",
        drivers: "common",
        start: false,
        keep: true,
      }),
  ],
  [
    "clone a VM",
    "vm.clone",
    (ctx, { vmId }) => cloneVm(ctx, { vmId, name: "clone", description: "", linked: false }),
  ],
  [
    "make a VM a template",
    "vm.template",
    (ctx, { vmId }) => setTemplate(ctx, { vmId, template: true }),
  ],
  ["export a backup", "vm.export", (ctx, { backupId }) => exportBackup(ctx, { backupId })],
  ["export a VM", "vm.export", (ctx, { vmId }) => exportVm(ctx, { vmId })],
  [
    "give a VM to another project",
    "vm.transfer",
    (ctx, { vmId, projectId }) => transferVm(ctx, { vmId, toProjectId: projectId }),
  ],
  [
    "start a VM from a rescue image",
    "vm.rescue",
    (ctx, { vmId, imageId }) => startRescue(ctx, { vmId, imageId }),
  ],
  ["end a rescue", "vm.rescue", (ctx, { vmId }) => endRescue(ctx, { vmId, changed: "refuse" })],
  ["suspend a VM", "vm.power", (ctx, { vmId }) => powerVm(ctx, { vmId, verb: "suspend" })],
  ["force a VM off", "vm.power", (ctx, { vmId }) => powerVm(ctx, { vmId, verb: "force_off" })],
  ["save a VM's memory", "vm.power", (ctx, { vmId }) => saveVm(ctx, { vmId })],
  [
    "have a VM start with its host",
    "vm.autostart",
    (ctx, { vmId }) => setAutostart(ctx, { vmId, autostart: true }),
  ],
  [
    "plug a network cable out",
    "vm.nic",
    (ctx, { vmId }) => setNicLink(ctx, { vmId, mac: "52:54:00:00:00:01", up: false }),
  ],
  [
    "add a network card",
    "vm.nic",
    (ctx, { vmId }) => addNic(ctx, { vmId, network: "default", model: "virtio" }),
  ],
  [
    "take a network card out",
    "vm.nic",
    (ctx, { vmId }) => removeNic(ctx, { vmId, mac: "52:54:00:00:00:01" }),
  ],
  [
    "put a network card into another network",
    "vm.nic",
    (ctx, { vmId }) => moveNic(ctx, { vmId, mac: "52:54:00:00:00:01", network: "default" }),
  ],
  [
    "make a network card another model",
    "vm.nic",
    (ctx, { vmId }) => setNicModel(ctx, { vmId, mac: "52:54:00:00:00:01", model: "e1000e" }),
  ],
  [
    "hold a network card to limits",
    "vm.set_nic_limits",
    (ctx, { vmId }) => {
      const mac = "52:54:00:00:00:01";
      return setNicLimits(ctx, { vmId, mac, inbound: null, outbound: null });
    },
  ],
  [
    "set a VM's recovery",
    "vm.recovery",
    (ctx, { vmId }) => setRecovery(ctx, { vmId, onPanic: "restart", watchdog: "reset" }),
  ],
  [
    "share a VM's clipboard",
    "vm.clipboard",
    (ctx, { vmId }) => setClipboard(ctx, { vmId, clipboard: true }),
  ],
  [
    "give a VM other graphics",
    "vm.video",
    (ctx, { vmId }) => setVideo(ctx, { vmId, model: "vga" }),
  ],
  ["rename a VM", "vm.edit", (ctx, { vmId }) => updateVm(ctx, { vmId, name: "new" })],
  ["tag a VM", "vm.edit", (ctx, { vmId }) => updateVm(ctx, { vmId, tags: ["new"] })],
  ["lock a VM", "vm.lock", (ctx, { vmId }) => updateVm(ctx, { vmId, locked: true })],
  [
    "delete a VM",
    "vm.delete",
    (ctx, { vmId, name }) => deleteVm(ctx, { vmId, confirmName: name, keepDisks: false }),
  ],
  [
    "resize a VM",
    "vm.resize",
    (ctx, { vmId }) =>
      resizeVm(ctx, { vmId, vcpus: 4, memoryMib: 1024, seen: { live: sizes, next: sizes } }),
  ],
  ["see a VM's processors", "vm.read", (ctx, { vmId }) => getCpu(ctx, { vmId })],
  [
    "set a VM's processors",
    "vm.resize",
    (ctx, { vmId }) => setCpu(ctx, { vmId, maxVcpus: 4, sockets: 1, cores: 4, threads: 1 }),
  ],
  [
    "define a VM",
    "vm.restore",
    (ctx, { vmId }) => defineVm(ctx, { vmId, xml: "<domain type='qemu'/>" }),
  ],
  ["take back what is pending", "vm.revert", (ctx, { vmId }) => revertPending(ctx, { vmId })],
  ["eject", "vm.media", (ctx, { vmId }) => ejectMedia(ctx, { vmId })],
  ["insert", "vm.media", (ctx, { vmId, imageId }) => insertMedia(ctx, { vmId, imageId })],
  ["add a disk", "vm.disk", (ctx, { vmId }) => addDisk(ctx, { vmId, sizeGib: 1, format: "qcow2" })],
  [
    "grow a disk",
    "vm.disk",
    (ctx, { vmId }) => growDisk(ctx, { vmId, target: "vda", sizeGib: 20 }),
  ],
  ["attach a kept disk", "vm.disk", (ctx, { vmId, diskId }) => attachDisk(ctx, { vmId, diskId })],
  ["set the boot order", "vm.boot", (ctx, { vmId }) => setBootOrder(ctx, { vmId, order: ["vda"] })],
  [
    "hold a disk to limits",
    "vm.set_disk_limits",
    (ctx, { vmId }) => setDiskLimits(ctx, { vmId, target: "vda", ...noDiskLimits }),
  ],
  [
    "see what other settings of a disk would do",
    "vm.read",
    (ctx, { vmId }) => planDiskSettings(ctx, { vmId, target: "vda", bus: "scsi" }),
  ],
  [
    "set how a disk is plugged in",
    "vm.disk",
    (ctx, { vmId }) => setDiskSettings(ctx, { vmId, target: "vda", bus: "scsi" }),
  ],
  ["start a VM once from a CD", "vm.power", (ctx, ids) => bootOnce(ctx, ids)],
  [
    "detach a disk",
    "vm.disk",
    (ctx, { vmId }) => detachDisk(ctx, { vmId, target: "vda", remove: false, confirmName: null }),
  ],
  ["list snapshots", "vm.read", (ctx, { vmId }) => listSnapshots(ctx, { vmId })],
  [
    "take a snapshot",
    "vm.snapshot",
    (ctx, { vmId }) => createSnapshot(ctx, { vmId, name: "new", description: "" }),
  ],
  [
    "describe a snapshot",
    "vm.snapshot",
    (ctx, { vmId }) => editSnapshot(ctx, { vmId, snapshot: "one", description: "x" }),
  ],
  [
    "revert to a snapshot",
    "vm.snapshot",
    (ctx, { vmId }) =>
      revertSnapshot(ctx, { vmId, snapshot: "one", first: null, confirmName: "one" }),
  ],
  [
    "delete a snapshot",
    "vm.snapshot",
    (ctx, { vmId }) => deleteSnapshot(ctx, { vmId, snapshot: "one", children: true }),
  ],
  [
    "give a console's keyboard",
    "vm.console",
    (ctx, { vmId }) => setConsoleControl(ctx, { vmId, consoleId: null }),
  ],
  ["open a console", "vm.console", (ctx, { vmId }) => openConsole(ctx, { vmId })],
  ["see a picture of a screen", "vm.screen", (ctx, { vmId }) => getScreen(ctx, { vmId })],
  [
    "open a serial console",
    "vm.console",
    (ctx, { vmId }) => openConsole(ctx, { vmId, kind: "serial" }),
  ],
];
