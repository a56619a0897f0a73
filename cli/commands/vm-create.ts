import { randomUUID } from "node:crypto";
import { videoModels } from "@/lib/model/video";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findImage } from "../find-image";
import { findProject } from "../find-project";
import { countOf, diskGib, memoryMib } from "../sizes";
import { waitTask } from "../wait-task";

const text = (value: string | boolean | undefined, otherwise: string) =>
  typeof value === "string" ? value : otherwise;

export const vmCreate: Command = {
  path: ["vm", "create"],
  summary: "make a VM and start it",
  args: [{ name: "NAME" }],
  options: {
    image: { type: "string", value: "IMAGE", summary: "the ISO to install from, by name or id" },
    vcpus: { type: "string", value: "COUNT", summary: "1 when left out" },
    memory: { type: "string", value: "SIZE", summary: "like 2GiB; 1GiB when left out" },
    disk: { type: "string", value: "SIZE", summary: "like 20GiB; 10GiB when left out" },
    format: { type: "string", choices: ["qcow2", "raw"], summary: "of the disk" },
    network: { type: "string", value: "NAME", summary: "default when left out" },
    firmware: { type: "string", choices: ["bios", "uefi"], summary: "bios when left out" },
    video: { type: "string", choices: videoModels, summary: "its graphics; what suits the image" },
    modules: { type: "boolean", summary: "with places for memory modules, added while it runs" },
    "no-wait": { type: "boolean", summary: "print the task and go" },
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const image =
      typeof options.image === "string" ? await findImage(client, projectId, options.image) : null;
    const task = await client.call(
      "createVm",
      {
        projectId,
        name: args.NAME ?? "",
        imageId: image?.id ?? null,
        vcpus: countOf(text(options.vcpus, "1"), "vcpus"),
        memoryMib: memoryMib(text(options.memory, "1GiB")),
        memoryModules: options.modules === true,
        diskGib: diskGib(text(options.disk, "10GiB")),
        diskFormat: options.format === "raw" ? "raw" : "qcow2",
        network: text(options.network, "default"),
        video: videoModels.find((each) => each === options.video),
        firmware: options.firmware === "uefi" ? "uefi" : "bios",
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
    print.result(`${vm.name} runs. Its screen: portico vm console ${vm.name}`, vm);
  },
};
