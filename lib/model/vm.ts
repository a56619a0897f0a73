import { z } from "zod";
import type { BootDevice } from "./boot";
import type { ClipboardView } from "./clipboard";
import type { CpuView } from "./cpu";
import type { DiskLimits } from "./disk-limits";
import type { DiskSettings } from "./disk-settings";
import { volumeSuffixPattern } from "./disk-volume";
import type { LeaseView } from "./lease";
import type { ModuleRooms } from "./memory-modules";
import { networkSchema, type VmNicView } from "./nic";
import type { RecoveryView } from "./recovery";
import type { RescueView } from "./rescue";
import type { TaskView } from "./task";
import type { VmLinks } from "./template";
import { type VideoView, videoModels } from "./video";
import { vmLimits } from "./vm-limits";
import type { PowerVerb, VmState } from "./vm-state";

export { vmLimits } from "./vm-limits";

export const firmwares = ["bios", "uefi"] as const;
export type Firmware = (typeof firmwares)[number];
export const diskFormats = ["qcow2", "raw"] as const;
export type DiskFormat = (typeof diskFormats)[number];
export const virtTypes = ["kvm", "qemu"] as const;
export type VirtType = (typeof virtTypes)[number];

/**
 * A VM's shown name: any script, no control or bidirectional-override characters, no
 * leading or trailing space. libvirt never sees it as a name, only as `<title>`.
 */
export const vmNameSchema = z
  .string()
  .trim()
  .min(1, "field.name.required")
  .max(vmLimits.nameLength, "field.name.too_long")
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]+$/u, "field.name.characters");

/** Any text but control characters; lines are allowed. */
export const vmDescriptionSchema = z
  .string()
  .trim()
  .max(vmLimits.descriptionLength, "field.vm_description")
  .regex(/^(?:[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]|\n)*$/u, "field.vm_description");

/** One lower-case word, hyphens inside allowed; what is given in capitals is made small. */
export const vmTagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .normalize("NFC")
  .max(vmLimits.tagLength, "field.tag")
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{M}\p{N}]+)*$/u, "field.tag");

export const vmTagsSchema = z.array(vmTagSchema).max(vmLimits.tags, "field.tags");

/** What may be changed of a VM that is nothing of its guest; what is absent stays. */
export const updateVmSchema = z.strictObject({
  name: vmNameSchema.optional(),
  description: vmDescriptionSchema.optional(),
  tags: vmTagsSchema.optional(),
  /** Held against deletion. */
  locked: z.boolean().optional(),
});
export type UpdateVmInput = z.infer<typeof updateVmSchema>;

const wholeNumber = (min: number, max: number, key: string) =>
  z.number(`${key}.number`).int(`${key}.number`).min(min, `${key}.range`).max(max, `${key}.range`);

export const createVmSchema = z.object({
  projectId: z.string().min(1).max(40),
  name: vmNameSchema,
  /** The ISO to install from; null makes a VM with an empty drive. */
  imageId: z.string().min(1).max(40).nullable(),
  vcpus: wholeNumber(vmLimits.vcpus.min, vmLimits.vcpus.max, "field.vcpus"),
  memoryMib: wholeNumber(vmLimits.memoryMib.min, vmLimits.memoryMib.max, "field.memory"),
  /** Whether its memory may grow while it runs; that room counts. Absent: yes. */
  roomToGrow: z.boolean().optional(),
  /** Whether it has places for memory modules, which can be added while it runs. Absent: no. */
  memoryModules: z.boolean().optional(),
  diskGib: wholeNumber(vmLimits.diskGib.min, vmLimits.diskGib.max, "field.disk"),
  diskFormat: z.enum(diskFormats),
  network: networkSchema,
  firmware: z.enum(firmwares),
  /** Its graphics. Absent: what suits the image's system. */
  video: z.enum(videoModels).optional(),
});
export type CreateVmInput = z.infer<typeof createVmSchema>;

/** A disk beside the first one. */
export const addDiskSchema = z.strictObject({
  sizeGib: createVmSchema.shape.diskGib,
  format: z.enum(diskFormats),
  /** End of its volume's name, where that was shown beforehand; absent: Portico chooses. */
  suffix: z.string().regex(volumeSuffixPattern).optional(),
});

/** Where a drive is, as libvirt writes it. */
export const diskTargetSchema = z.string().regex(/^[a-z]{2,3}[a-z]{1,2}$/);

export const growDiskSchema = z.strictObject({ sizeGib: createVmSchema.shape.diskGib });

/** What lies in a drive. */
export interface MediumView {
  /** False for an empty drive. */
  filled: boolean;
  /** Volume name inside its pool, never a host path. Null for what lies in none. */
  volume: string | null;
  /** The image in the drive, when Portico knows it. */
  imageId: string | null;
  imageName: string | null;
}

export interface VmDiskView extends MediumView {
  target: string;
  bus: string;
  device: "disk" | "cdrom";
  /** Its row among the project's disks; null for a CD, and for what somebody attached by virsh. */
  diskId: string | null;
  /** The pool of its volume. */
  pool: string | null;
  format: string | null;
  /** What the next start finds in it; null when that is the same. */
  next: MediumView | null;
  capacityBytes: number | null;
  allocationBytes: number | null;
  bootOrder: number | null;
  /** What its traffic is held to. */
  limits: DiskLimits;
  settings: DiskSettings;
  /** Those of the next start; null when they are the same. */
  nextSettings: DiskSettings | null;
}

/** Sizes as libvirt reports them, now and for the next boot. */
export interface VmSizes {
  vcpus: number;
  maxVcpus: number;
  memoryKib: number;
  maxMemoryKib: number;
}

/** One row of the list; what the event stream sends. */
export interface VmView {
  id: string;
  projectId: string;
  hostId: string;
  name: string;
  /** Of people; empty without one. */
  description: string;
  /** Lower-case words, sorted. */
  tags: string[];
  state: VmState;
  /** libvirt's reason behind the state, for example "crashed" or "io error". */
  stateReason: string | null;
  live: VmSizes;
  next: VmSizes;
  /** What the owner last asked for; differs from `live` while the guest follows. */
  asked: { vcpus: number; memoryKib: number; maxMemoryKib: number };
  /** Share of all its vCPUs in use, 0..100; null when off or not yet sampled. */
  cpuPercent: number | null;
  memoryUsedKib: number | null;
  addresses: string[];
  agentConnected: boolean;
  /** Changes with every start of the guest; console tickets are bound to it. */
  bootId: string | null;
  verbs: PowerVerb[];
  virtType: VirtType;
  firmware: Firmware;
  pendingChanges: boolean;
  /** Another one when anything of its `VmHardware` differs. */
  hardware: string;
  /** Another one when its snapshots differ; empty without any. */
  snapshots: string;
  lease: LeaseView | null;
  /** Held against deletion. */
  locked: boolean;
  /** Only serves to be cloned: it does not start. */
  template: boolean;
  /** Null unless it starts from a rescue image. */
  rescue: RescueView | null;
  /** Starts with its host. */
  autostart: boolean;
  createdAt: string;
}

/** What only a VM's own pages show. */
export interface VmHardware {
  machine: string | null;
  disks: VmDiskView[];
  nics: VmNicView[];
  /** Places where a running guest can be given one more device; null where nobody counts them. */
  freePorts: number | null;
  /** Places for memory modules. */
  modules: ModuleRooms;
  /** What happens when the guest panics or hangs; null while there is no domain. */
  recovery: RecoveryView | null;
  /** Whether it shares its clipboard with its consoles; null while there is no domain. */
  clipboard: ClipboardView | null;
  /** What its screen is shown by; null while there is no domain. */
  video: VideoView | null;
  /** Topology and model of its processors; null while there is no domain. */
  cpu: CpuView | null;
  /** What its next start can come from. */
  boot: BootDevice[];
}

export interface VmDetail extends VmView, VmHardware {
  uuid: string;
  domainName: string;
  links: VmLinks;
  tasks: TaskView[];
}
