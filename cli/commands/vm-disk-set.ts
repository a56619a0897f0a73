import type { OperationResult } from "@/lib/api/spec/operations";
import {
  type DiskSettings,
  type DiskSettingsAsked,
  diskBuses,
  diskCaches,
  diskDiscards,
  diskSettingsSchema,
} from "@/lib/model/disk-settings";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command, CommandContext } from "../command";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";

type Plan = OperationResult<"planDiskSettings">;

const warnings: Record<Plan["warnings"][number], string> = {
  bus_system:
    "The guest starts from this disk: without a driver for the new bus it does not find its system.",
  bus_data: "Without a driver for the new bus the guest does not find this disk.",
  bus_names:
    "The guest may name it otherwise (vda, sda): mounts by UUID or label go on, those by name do not. It keeps its name here.",
  virtio_only: "What only virtio knows goes with it: an I/O thread, queues.",
  no_unplug: "A running guest cannot let go of a disk on sata.",
  serial_names: "Names by serial number (/dev/disk/by-id) are others.",
  snapshots: "Going back to a snapshot brings back the settings that it was taken with.",
  direct_io_unknown: "Whether the host's files allow this cache shows at the next start.",
};

export const vmDiskSet: Command = {
  path: ["disk", "set"],
  summary:
    "show a disk's bus, cache, discard and serial number, or set them from the next start on",
  args: [{ name: "VM", completes: "vm" }, { name: "TARGET" }],
  options: {
    ...diffOption,
    bus: { type: "string", choices: diskBuses, summary: "how it is plugged in" },
    cache: { type: "string", choices: diskCaches, summary: "of the host, for it" },
    discard: { type: "string", choices: diskDiscards, summary: "blocks that the guest gives up" },
    serial: { type: "string", value: "TEXT", summary: "up to 20 characters; none for none" },
    plan: { type: "boolean", summary: "only say what it would do" },
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const { VM = "", TARGET: target = "" } = args;
    const asked = askedBy(options);
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, VM);
    const plan = await client.call("planDiskSettings", { vmId, target, ...asked });
    const nothing = Object.keys(asked).length === 0;
    if (nothing || options.plan === true) {
      if (print.json) return print.object(plan);
      return print.object(nothing ? words(plan.wanted) : said(plan));
    }
    for (const each of plan.warnings) print.note(warnings[each]);
    const after = await client.call("setDiskSettings", { vmId, target, ...asked });
    const done = plan.when === "unchanged" ? "has these settings already" : "has them";
    print.result(`${VM}/${target} ${done}, from its next start on.`, after);
  },
};

function askedBy(options: CommandContext["options"]): DiskSettingsAsked {
  const given = Object.entries(options).filter(([name]) => name in diskSettingsSchema.shape);
  const asked = Object.fromEntries(
    given.map(([name, value]) => [name, name === "serial" && value === "none" ? null : value]),
  );
  const read = diskSettingsSchema.safeParse(asked);
  if (read.success) return read.data;
  const wrong = String(read.error.issues[0]?.path[0]);
  throw usageError(`--${wrong} ${asked[wrong]}: up to 20 letters, digits, _ . + or -`);
}

function words({ serial, ...settings }: DiskSettings): Record<string, string> {
  return { ...settings, serial: serial ?? "none" };
}

function said({ when, changes, problem, warnings: codes }: Plan): Record<string, string> {
  const how = { now: "at its next start (it is off)", next_boot: "at its next start" };
  return {
    when: when === "now" || when === "next_boot" ? how[when] : when,
    ...Object.fromEntries(
      changes.map(({ field, from, to }) => [field, `${from ?? "none"} → ${to ?? "none"}`]),
    ),
    ...(problem !== null && { problem }),
    ...(codes.length > 0 && { mind: codes.map((each) => warnings[each]).join(" ") }),
  };
}
