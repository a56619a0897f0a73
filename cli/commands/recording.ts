import type { OperationResult } from "@/lib/api/spec/operations";
import { recordingModes } from "@/lib/model/recording";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { everyPage } from "../every-page";
import { findProject } from "../find-project";
import { findVm } from "../find-vm";
import type { Column, Printer } from "../printer";
import { countOf, memoryMib } from "../sizes";

type Recording = OperationResult<"listRecordings">["items"][number];
type Policy = OperationResult<"getRecordingPolicy">;

const columns: readonly Column<Recording>[] = [
  { title: "ID", of: (each) => each.id },
  { title: "VM", of: (each) => each.vmName },
  { title: "FROM", of: (each) => each.startedAt },
  { title: "UNTIL", of: (each) => each.endedAt ?? "now" },
  { title: "KIB", of: (each) => Math.ceil(each.sizeBytes / 1024), align: "right" },
  { title: "AT THE SCREEN", of: (each) => each.people.join(", ") },
];

function printPolicy(print: Printer, policy: Policy): void {
  const { mode, keepDays, quotaMib } = policy;
  const kept = `kept for ${keepDays} days and up to ${quotaMib} MiB`;
  const text =
    mode === "off"
      ? `Screens are not recorded; what is there is ${kept}.`
      : `Screens are recorded while somebody is at them, ${kept}.`;
  print.result(text, policy);
}

const policy: Command = {
  path: ["recording", "policy"],
  summary: "show whether the project's screens are recorded",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    printPolicy(ctx.print, await client.call("getRecordingPolicy", { projectId }));
  },
};

const set: Command = {
  path: ["recording", "set"],
  summary: "set whether the project's screens are recorded (owners); what is not named stays",
  options: {
    mode: { type: "string", value: "MODE", summary: "off, or consoles: while somebody is there" },
    "keep-days": { type: "string", value: "COUNT", summary: "how long a recording stays" },
    quota: { type: "string", value: "SIZE", summary: "what all of them may take, like 1GiB" },
  },
  async run(ctx) {
    const { mode, quota, "keep-days": days } = ctx.options;
    const wanted = recordingModes.find((each) => each === mode);
    if (mode !== undefined && wanted === undefined) {
      throw usageError(`--mode is one of ${recordingModes.join(", ")}.`);
    }
    const changes = {
      ...(wanted && { mode: wanted }),
      ...(typeof days === "string" && { keepDays: countOf(days, "keep-days") }),
      ...(typeof quota === "string" && { quotaMib: memoryMib(quota, "quota") }),
    };
    if (Object.keys(changes).length === 0) throw usageError("Say at least one of the options.");
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const before = await client.call("getRecordingPolicy", { projectId });
    printPolicy(
      ctx.print,
      await client.call("setRecordingPolicy", { projectId, ...before, ...changes }),
    );
  },
};

const list: Command = {
  path: ["recording", "ls"],
  summary: "list recordings of screens (owners, administrators, auditors)",
  options: { vm: { type: "string", value: "VM", summary: "of this VM alone" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const { vm } = ctx.options;
    const vmId = typeof vm === "string" ? (await findVm(client, vm)).id : undefined;
    const recordings = await everyPage((cursor) =>
      client.call("listRecordings", { projectId, vmId, cursor, limit: 200 }),
    );
    ctx.print.table(recordings, columns, "There is no recording.");
  },
};

const remove: Command = {
  path: ["recording", "rm"],
  summary: "delete a recording (owners)",
  args: [{ name: "ID" }],
  options: { yes: { type: "boolean", short: "y", summary: "do not ask" } },
  async run(ctx) {
    const { args, io, options, print } = ctx;
    const client = await clientOf(ctx);
    const recordingId = args.ID ?? "";
    if (options.yes !== true) await confirm(io, `Delete the recording ${recordingId}?`);
    await client.call("deleteRecording", { recordingId });
    print.result(`${recordingId} is deleted.`, { id: recordingId });
  },
};

export const recordingCommands: readonly Command[] = [policy, set, list, remove];
