import { z } from "zod";
import { diskSettingsSchema } from "@/lib/model/disk-settings";
import { diskTargetSchema } from "@/lib/model/vm";
import { diskSettingsPlanSchema } from "./disk-settings-schemas";
import { idSchema } from "./fields";
import { operation } from "./operation";
import { hostProblems } from "./problem";
import { vmDetailSchema } from "./vm-schemas";

const params = z.strictObject({ vmId: idSchema, target: diskTargetSchema });
const example = { vmId: "k3m9x2a7pq", target: "vdb" };

/** How a disk is plugged into its VM. */
export const diskSettingsOperations = {
  planDiskSettings: operation({
    method: "POST",
    path: "/vms/{vmId}/disks/{target}/settings-plan",
    tag: "Disks",
    summary: "Show what other settings of a disk would do",
    description:
      "The same plan that the change carries out; with an empty body, what the next start has. Nothing is changed.",
    permission: "vm.read",
    params,
    body: diskSettingsSchema,
    status: 200,
    response: diskSettingsPlanSchema,
    problems: [...hostProblems, "conflict.rule"],
    example: { ...example, bus: "scsi" },
  }),
  setDiskSettings: operation({
    method: "PUT",
    path: "/vms/{vmId}/disks/{target}/settings",
    tag: "Disks",
    summary: "Set a disk's bus, cache, discard and serial number",
    description:
      "From the next start on; what is not named stays. The disk keeps its `target`, by which the boot order, snapshots and backups know it, whatever the guest calls it. QEMU's cache `unsafe` is not offered.",
    permission: "vm.disk",
    params,
    body: diskSettingsSchema,
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.rule", "conflict.stale", "input.invalid"],
    example: { ...example, bus: "scsi", cache: "none", discard: "unmap", serial: "DATA-1" },
  }),
} as const;
