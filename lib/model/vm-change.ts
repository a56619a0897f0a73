import { z } from "zod";
import { bootOrderSchema } from "./boot";
import { setClipboardSchema } from "./clipboard-schema";
import { setCpuSchema } from "./cpu-schema";
import type { DefinitionChange } from "./definition";
import { diskLimitsSchema } from "./disk-limits";
import { diskSettingsSchema } from "./disk-settings";
import { addNicSchema, macSchema, moveNicSchema, nicLimitsSchema, nicModelSchema } from "./nic";
import { pinSchema } from "./pin-schema";
import { setRecoverySchema } from "./recovery-schema";
import { startRescueSchema } from "./rescue";
import { tuneSchema } from "./tuning";
import { setVideoSchema } from "./video-schema";
import { addDiskSchema, diskTargetSchema, updateVmSchema } from "./vm";
import { vmLimits } from "./vm-limits";

const id = z.string().min(1).max(40);
const target = { target: diskTargetSchema };
const mac = { mac: macSchema };
const count = (most: number) => z.int().min(0).max(most);

/** What a resize asks for; the plan itself refuses figures out of range, with the reason. */
const sizes = z.strictObject({
  vcpus: count(vmLimits.vcpus.max),
  memoryMib: count(vmLimits.memoryMib.max),
  roomToGrow: z.boolean().optional(),
  memoryModules: z.boolean().optional(),
  /** What was shown when it was decided, of which a preview makes nothing. */
  seen: z.unknown().optional(),
});

/** The changes of one VM that its definition tells, each as the verb of that name takes it. */
const changes = {
  resizeVm: sizes,
  setVmCpu: setCpuSchema,
  setVmRecovery: setRecoverySchema,
  setVmClipboard: setClipboardSchema,
  setVmVideo: setVideoSchema,
  updateVm: updateVmSchema,
  setBootOrder: bootOrderSchema,
  bootVmOnce: z.strictObject({ imageId: id }),
  startVmRescue: startRescueSchema,
  insertVmMedia: z.strictObject({ imageId: id }),
  ejectVmMedia: z.strictObject({}),
  addDisk: addDiskSchema,
  attachDisk: z.strictObject({ diskId: id }),
  detachDisk: z.strictObject({ ...target, remove: z.boolean().optional() }),
  setDiskLimits: diskLimitsSchema.safeExtend(target),
  setDiskSettings: diskSettingsSchema.extend(target),
  addVmNic: addNicSchema,
  removeVmNic: z.strictObject(mac),
  moveVmNic: moveNicSchema.extend(mac),
  setVmNicModel: nicModelSchema.extend(mac),
  setVmNicLimits: nicLimitsSchema.extend(mac),
  setVmNicLink: z.strictObject({ ...mac, up: z.boolean() }),
  pinVm: pinSchema,
  tuneVm: tuneSchema,
} as const;

type Changes = typeof changes;
export type VmVerb = keyof Changes;
export const vmVerbs = Object.keys(changes) as VmVerb[];

/** What such a verb is given, besides its VM. */
export type VmVerbInput<V extends VmVerb> = z.infer<Changes[V]>;

/** One of them: which verb, and what it is given. */
export type VmChange = { [V in VmVerb]: { verb: V; input: VmVerbInput<V> } }[VmVerb];

const each = <V extends VmVerb>(verb: V) =>
  z.strictObject({ verb: z.literal(verb), input: changes[verb] });

export const vmChangeSchema = z.discriminatedUnion("verb", [
  each("resizeVm"),
  each("setVmCpu"),
  each("setVmRecovery"),
  each("setVmClipboard"),
  each("setVmVideo"),
  each("updateVm"),
  each("setBootOrder"),
  each("bootVmOnce"),
  each("startVmRescue"),
  each("insertVmMedia"),
  each("ejectVmMedia"),
  each("addDisk"),
  each("attachDisk"),
  each("detachDisk"),
  each("setDiskLimits"),
  each("setDiskSettings"),
  each("addVmNic"),
  each("removeVmNic"),
  each("moveVmNic"),
  each("setVmNicModel"),
  each("setVmNicLimits"),
  each("setVmNicLink"),
  each("pinVm"),
  each("tuneVm"),
]);

/** What a change makes of the definition of the next start, before it is made. */
export interface VmChangePreview {
  /** Part by part; empty: the definition stays as it is. */
  changes: DefinitionChange[];
  /** libvirt's XML, as whoever asks may read it. */
  before: string;
  after: string;
}
