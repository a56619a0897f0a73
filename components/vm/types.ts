import type { CpuAsked } from "@/lib/model/cpu";
import type { Recovery } from "@/lib/model/recovery";
import type { ActionResult } from "@/lib/model/result";
import type { VideoModel } from "@/lib/model/video";
import type {
  CreateVmInput,
  UpdateVmInput,
  VirtType,
  VmDetail,
  VmSizes,
  VmView,
} from "@/lib/model/vm";
import type { PowerVerb } from "@/lib/model/vm-state";

/** What the pages hand to the components: their server actions, and what the person may do. */
export type PowerAction = (input: {
  vmId: string;
  verb: PowerVerb;
}) => Promise<ActionResult<VmView>>;

/** Starting a VM from a CD, once. */
export interface BootOnceTools {
  /** What libvirt calls the VM, and the place of its CD drive; null without one. */
  domainName: string;
  drive: string | null;
  /** Why the person may not put images into drives; null when he may. */
  forbidden: string | null;
  start: (input: { vmId: string; imageId: string }) => Promise<ActionResult<{ taskId: string }>>;
}

/** Saving a VM's memory on its host, and throwing it away. */
export interface SavedStateActions {
  save: (input: { vmId: string }) => Promise<ActionResult<{ taskId: string }>>;
  discard: (input: { vmId: string }) => Promise<ActionResult<VmView>>;
}

export type ResizeAction = (input: {
  vmId: string;
  vcpus: number;
  memoryMib: number;
  roomToGrow: boolean;
  memoryModules: boolean;
  seen: { live: VmSizes; next: VmSizes };
}) => Promise<ActionResult<VmDetail>>;

export type EjectAction = (input: { vmId: string }) => Promise<ActionResult<VmDetail>>;

export type InsertAction = (input: {
  vmId: string;
  imageId: string;
}) => Promise<ActionResult<VmDetail>>;

export type AutostartAction = (input: {
  vmId: string;
  autostart: boolean;
}) => Promise<ActionResult<VmView>>;

export type TemplateAction = (input: {
  vmId: string;
  template: boolean;
}) => Promise<ActionResult<VmView>>;

export type RecoveryAction = (
  input: Recovery & { vmId: string },
) => Promise<ActionResult<VmDetail>>;

export type ClipboardAction = (input: {
  vmId: string;
  clipboard: boolean;
}) => Promise<ActionResult<VmDetail>>;

export type VideoAction = (input: {
  vmId: string;
  model: VideoModel;
}) => Promise<ActionResult<VmDetail>>;

export type CpuAction = (input: CpuAsked & { vmId: string }) => Promise<ActionResult<VmDetail>>;

/** What is absent stays. */
export type UpdateVmAction = (
  input: UpdateVmInput & { vmId: string },
) => Promise<ActionResult<VmView>>;

export type DeleteAction = (input: {
  vmId: string;
  confirmName: string;
  keepDisks: boolean;
}) => Promise<ActionResult<{ taskId: string }>>;

/** What the signed-in person may do in the project. */
export interface VmRights {
  create: boolean;
  power: boolean;
  console: boolean;
  resize: boolean;
  media: boolean;
  remove: boolean;
}

export interface ProjectRef {
  id: string;
  slug: string;
}

/** The figures of a host that plans and forms need. */
export interface HostRoom {
  cpuCount: number;
  memoryKib: number;
  memoryFreeKib: number;
  /** Of the pool for disks; null without one. */
  diskFreeBytes: number | null;
  diskPool: string | null;
  virtType: VirtType;
  /** Those that a network card can be put into. */
  networks: string[];
}

export type CreateAction = (
  input: CreateVmInput,
) => Promise<ActionResult<{ vmId: string; taskId: string }>>;

export type BootOrderAction = (input: {
  vmId: string;
  order: string[];
}) => Promise<ActionResult<VmDetail>>;
