import { z } from "zod";
import { diskLimitsSchema } from "@/lib/model/disk-limits";
import { panicPolicies, watchdogActions } from "@/lib/model/recovery";
import {
  type ResizePlan,
  resizeFields,
  resizeHows,
  resizeReasonKeys,
} from "@/lib/model/resize-plan";
import { videoModels } from "@/lib/model/video";
import { firmwares, type VmDetail, type VmView, virtTypes } from "@/lib/model/vm";
import { powerVerbs, vmStates } from "@/lib/model/vm-state";
import { diskSettingsView } from "./disk-settings-schemas";
import { idSchema, timeSchema } from "./fields";
import { nicSchema } from "./nic-schemas";
import { taskSchema } from "./task-schemas";

export const vmSizesSchema = z
  .object({
    vcpus: z.int(),
    maxVcpus: z.int().describe("Up to here without a restart."),
    memoryKib: z.int(),
    maxMemoryKib: z.int().describe("Up to here without a restart."),
  })
  .meta({ id: "VmSizes" });

const leaseSchema = z
  .object({
    endsAt: timeSchema,
    noticed: z.boolean().describe("Whether the end is near, and has been told."),
    stoppedAt: timeSchema.nullable().describe("When it was shut down because of its end."),
    deletesAt: timeSchema
      .nullable()
      .describe("When it is deleted unless somebody extends; null while locked."),
  })
  .meta({ id: "Lease" });

const mediumShape = {
  filled: z.boolean().describe("Whether anything lies in it, ours or not."),
  volume: z.string().nullable(),
  imageId: idSchema.nullable(),
  imageName: z.string().nullable(),
};

export const vmSchema = z
  .object({
    id: idSchema,
    projectId: idSchema,
    hostId: idSchema,
    name: z.string(),
    description: z.string(),
    tags: z.array(z.string()).describe("Lower-case words, sorted."),
    state: z.enum(vmStates),
    stateReason: z.string().nullable().describe("libvirt's reason behind the state."),
    live: vmSizesSchema.describe("What the guest has now."),
    next: vmSizesSchema.describe("What it has from its next start on."),
    asked: z
      .object({ vcpus: z.int(), memoryKib: z.int(), maxMemoryKib: z.int() })
      .describe("What was last asked for; differs from `live` while the guest follows."),
    cpuPercent: z.number().nullable().describe("0 to 100 of all its vCPUs; null when off."),
    memoryUsedKib: z.number().nullable(),
    addresses: z.array(z.string()),
    agentConnected: z.boolean(),
    bootId: z.string().nullable().describe("Another one after every start; null when off."),
    verbs: z.array(z.enum(powerVerbs)).describe("What its state allows."),
    virtType: z.enum(virtTypes),
    firmware: z.enum(firmwares),
    pendingChanges: z.boolean().describe("Whether something waits for the next start."),
    hardware: z.string().describe("Another one when drives, network cards or names differ."),
    snapshots: z.string().describe("Another one when its snapshots differ; empty without any."),
    lease: leaseSchema.nullable().describe("Null: it stays until somebody deletes it."),
    locked: z.boolean().describe("Whether it is held against deletion."),
    template: z.boolean().describe("Whether it only serves to be cloned: it does not start."),
    rescue: z
      .object({ image: z.string(), since: timeSchema })
      .nullable()
      .describe("The image that it starts from until its rescue ends; null otherwise."),
    autostart: z.boolean().describe("Whether it starts with its host."),
    createdAt: timeSchema,
  })
  .meta({ id: "Vm" }) satisfies z.ZodType<VmView>;

const cpuSchema = z.object({
  topology: z
    .object({ sockets: z.int(), cores: z.int(), threads: z.int() })
    .nullable()
    .describe("Null where the definition says none: each vCPU is a socket of its own."),
  model: z
    .string()
    .nullable()
    .describe("A mode (`host-passthrough`, `host-model`, `maximum`) or the name of a model."),
});

/** Of what runs and of the next start. */
export const cpuViewSchema = z.object({ now: cpuSchema.nullable(), next: cpuSchema });

const moduleRoomSchema = z.object({
  limitKib: z.number().describe("All of its memory together never gets above this."),
  freeSlots: z.int(),
});

const recoverySchema = z.object({
  onPanic: z.enum([...panicPolicies, "other"]).describe("`other` is what only virsh makes."),
  watchdog: z.enum([...watchdogActions, "other"]),
});

const readVideoSchema = z.enum([...videoModels, "other", "none"]);

export const vmDetailSchema = z
  .object({
    ...vmSchema.shape,
    uuid: z.string(),
    domainName: z.string().describe("Its name on the host."),
    links: z
      .object({
        templates: z.array(z.object({ id: idSchema, name: z.string() })),
        clones: z.array(
          z.object({
            vmId: idSchema.nullable().describe("Null for a disk that was kept."),
            name: z.string(),
          }),
        ),
      })
      .describe("The templates that its disks lie on, and what lies on its own."),
    machine: z.string().nullable(),
    disks: z.array(
      z.object({
        target: z.string(),
        bus: z.string(),
        device: z.enum(["disk", "cdrom"]),
        diskId: idSchema.nullable().describe("Null for a CD, and for what is not the project's."),
        pool: z.string().nullable(),
        format: z.string().nullable(),
        ...mediumShape,
        next: z.object(mediumShape).nullable().describe("At its next start, where that differs."),
        capacityBytes: z.number().nullable(),
        allocationBytes: z.number().nullable(),
        bootOrder: z.int().nullable(),
        limits: diskLimitsSchema.describe("What its traffic is held to; null: not at all."),
        settings: diskSettingsView,
        nextSettings: diskSettingsView
          .nullable()
          .describe("Those of its next start, where they differ."),
      }),
    ),
    nics: z.array(nicSchema),
    boot: z
      .array(
        z.object({
          id: z.string().describe("Place of a drive, or MAC of a network card."),
          kind: z.enum(["disk", "cdrom", "nic"]),
          order: z.int().nullable().describe("1 is tried first; null is not tried."),
        }),
      )
      .describe("What its next start can come from."),
    freePorts: z
      .int()
      .nullable()
      .describe("Places for one more device while it runs; null where nobody counts them."),
    modules: z
      .object({ now: moduleRoomSchema.nullable(), next: moduleRoomSchema.nullable() })
      .describe("Places for memory modules of what runs (null when off) and of the next start."),
    cpu: cpuViewSchema
      .nullable()
      .describe("Processors: what runs (null when off) and the next start."),
    recovery: z
      .object({ now: recoverySchema.nullable(), next: recoverySchema })
      .nullable()
      .describe("When the guest panics or hangs: what runs (null when off) and the next start."),
    clipboard: z
      .object({
        now: z.boolean().nullable().describe("Of what runs; null when it is off."),
        next: z.boolean().describe("Of its next start."),
        agent: z.boolean().describe("An agent in the guest has it open."),
      })
      .nullable()
      .describe("Whether it shares its clipboard with its consoles."),
    video: z
      .object({ now: readVideoSchema.nullable(), next: readVideoSchema })
      .nullable()
      .describe(
        "Its graphics: what runs (null when off) and the next start; `other`: by virsh alone.",
      ),
    tasks: z.array(taskSchema).describe("The last ones, newest first."),
  })
  .meta({ id: "VmDetail" }) satisfies z.ZodType<Omit<VmDetail, "tasks">>;

const planLineSchema = z.object({
  field: z.enum(resizeFields),
  from: z.number().describe("vCPUs, or KiB; of `modules` how far they lead, 0 without places."),
  to: z.number().describe("vCPUs, or KiB."),
  when: z.enum(["now", "next_boot", "refused", "unchanged"]),
  how: z.enum(resizeHows),
  reasonKey: z.enum(resizeReasonKeys),
  values: z.record(z.string(), z.number()),
});

export const resizePlanSchema = z
  .object({
    vcpus: planLineSchema,
    memory: planLineSchema,
    modules: planLineSchema.describe("Places for memory modules."),
    moduleKib: z.number().nullable().describe("Memory plugged into the running guest."),
    modulesLimitKib: z.number().nullable().describe("How far modules lead from the next start."),
    next: vmSizesSchema.describe("What the next start has after it."),
    possible: z.boolean().describe("False when a line is refused: then nothing at all is done."),
    changes: z.boolean(),
  })
  .meta({ id: "ResizePlan" }) satisfies z.ZodType<ResizePlan>;

export const consoleTicketSchema = z
  .object({
    ticket: z.string().describe("Good once, for 30 seconds, for this start of the guest."),
    path: z
      .literal("/console")
      .describe("Where the WebSocket is opened, behind the portal's own address."),
    protocols: z
      .array(z.string())
      .describe("Sub-protocols to offer: `binary` carries RFB, the other one the ticket."),
    recorded: z.boolean().describe("What the screen shows will be recorded: the project wants it."),
  })
  .meta({ id: "ConsoleTicket" });
