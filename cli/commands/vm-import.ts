import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { importDefaults } from "@/lib/model/appliance";
import { usageError } from "../cli-error";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command, CommandContext } from "../command";
import { findImage, type Image } from "../find-image";
import { findProject } from "../find-project";
import { countOf, memoryMib } from "../sizes";
import { uploadImage } from "../upload-image";
import { waitTask } from "../wait-task";

export const vmImport: Command = {
  path: ["vm", "import"],
  summary: "make a VM of an .ova, or of a disk (vmdk, qcow2, raw)",
  args: [{ name: "FILE", completes: "file" }],
  options: {
    name: {
      type: "string",
      value: "NAME",
      summary: "what the file says when left out, as all else",
    },
    vcpus: { type: "string", value: "COUNT", summary: "processors" },
    memory: { type: "string", value: "SIZE", summary: "like 2GiB" },
    network: { type: "string", value: "NAME", summary: "of all its cards; default when left out" },
    firmware: { type: "string", choices: ["bios", "uefi"], summary: "what it starts with" },
    drivers: {
      type: "string",
      choices: ["virtio", "common"],
      summary: "virtio, or SATA and Intel for a guest without its drivers",
    },
    start: { type: "boolean", summary: "start it when it is there" },
    rm: { type: "boolean", summary: "remove the uploaded file when the VM is there" },
    "dry-run": { type: "boolean", summary: "upload, and say what the file holds" },
    "no-wait": { type: "boolean", summary: "print the task and go" },
  },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const image = await uploaded(client, ctx);
    if (options["dry-run"] === true) return print.object({ id: image.id, ...image.appliance });
    const proposed = image.appliance && importDefaults(image.appliance);
    const { name, vcpus, memory, network, firmware, drivers } = options;
    const task = await client.call(
      "importVm",
      {
        imageId: image.id,
        name: typeof name === "string" ? name : (proposed?.name ?? image.name),
        vcpus: typeof vcpus === "string" ? countOf(vcpus, "vcpus") : (proposed?.vcpus ?? 1),
        memoryMib: typeof memory === "string" ? memoryMib(memory) : (proposed?.memoryMib ?? 1024),
        network: typeof network === "string" ? network : "default",
        firmware: oneOf(firmware, ["bios", "uefi"]) ?? proposed?.firmware ?? "bios",
        drivers: oneOf(drivers, ["virtio", "common"]) ?? proposed?.drivers ?? "common",
        start: options.start === true,
        keep: options.rm !== true,
      },
      // So that a call that is sent again makes no second one.
      { "idempotency-key": randomUUID() },
    );
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    await waitTask(client, task.id, print, io.signal);
    const vmId = task.targetId;
    if (vmId === null) throw usageError("The portal did not say which VM it made.");
    const vm = await client.call("getVm", { vmId });
    const next = options.start === true ? "console" : "start";
    print.result(`${vm.name} is there: portico vm ${next} ${vm.name}`, vm);
  },
};

/** The file of this computer, sent to the portal; else one that was sent before, by name or id. */
async function uploaded(client: Client, { args, print, io }: CommandContext): Promise<Image> {
  const path = args.FILE ?? "";
  const here = await stat(path).catch(() => null);
  if (here?.isFile()) {
    const file = { path, name: undefined, kind: "appliance" } as const;
    return uploadImage(client, file, print, io.signal);
  }
  if (path.includes("/")) throw usageError(`${path} is no file.`);
  const { id: projectId } = await findProject(client);
  return findImage(client, projectId, path);
}

function oneOf<T extends string>(value: unknown, all: readonly T[]): T | undefined {
  return all.find((each) => each === value);
}
