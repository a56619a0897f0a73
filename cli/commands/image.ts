import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { everyPage } from "../every-page";
import { findImage, type Image } from "../find-image";
import { findProject } from "../find-project";
import type { Column } from "../printer";
import { showBytes } from "../sizes";
import { uploadImage } from "../upload-image";
import { waitTask } from "../wait-task";

const columns: readonly Column<Image>[] = [
  { title: "NAME", of: (image) => image.name },
  { title: "KIND", of: (image) => image.kind },
  { title: "STATE", of: (image) => image.state },
  { title: "SIZE", of: (image) => showBytes(image.sizeBytes), align: "right" },
  { title: "OS", of: (image) => image.osFamily },
  { title: "IN USE", of: (image) => image.usedBy, align: "right" },
  { title: "ID", of: (image) => image.id },
];

const list: Command = {
  path: ["image", "ls"],
  summary: "list the project's images",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const images = await everyPage((cursor) =>
      client.call("listImages", { projectId, cursor, limit: 200 }),
    );
    ctx.print.table(images, columns, "No images yet: portico image upload FILE");
  },
};

const upload: Command = {
  path: ["image", "upload"],
  summary: "upload an ISO; an upload that broke off goes on where it was",
  args: [{ name: "FILE", completes: "file" }],
  options: { name: { type: "string", value: "NAME", summary: "the file's own when left out" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const name = typeof ctx.options.name === "string" ? ctx.options.name : undefined;
    const file = { path: ctx.args.FILE ?? "", name };
    const image = await uploadImage(client, file, ctx.print, ctx.io.signal);
    ctx.print.result(`${image.name} is ready (${image.id}).`, image);
  },
};

const show: Command = {
  path: ["image", "show"],
  summary: "show an image: what was found in it, and its checksum",
  args: [{ name: "NAME", completes: "image" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const { id: imageId } = await findImage(client, projectId, ctx.args.NAME ?? "");
    const image = await client.call("getImage", { imageId });
    if (ctx.print.json) return ctx.print.object(image);
    const { bootable, error, sizeBytes, receivedBytes: _, appliance, ...rest } = image;
    ctx.print.object({
      ...rest,
      holds: appliance === null ? undefined : JSON.stringify(appliance),
      size: showBytes(sizeBytes),
      boots: Object.entries(bootable).flatMap(([by, does]) => (does ? [by] : [])),
      error: error?.detail,
    });
  },
};

const remove: Command = {
  path: ["image", "rm"],
  summary: "delete images, or give their uploads up",
  args: [{ name: "NAME", rest: true, completes: "image" }],
  options: { yes: { type: "boolean", short: "y", summary: "do not ask" } },
  async run(ctx) {
    const { io, print } = ctx;
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const images = [];
    for (const name of ctx.rest) images.push(await findImage(client, projectId, name));
    const names = images.map((image) => image.name).join(", ");
    if (ctx.options.yes !== true) await confirm(io, `Delete ${names}?`);
    for (const image of images) {
      const task = await client.call("deleteImage", { imageId: image.id });
      if (task !== undefined) await waitTask(client, task.id, print, io.signal);
      print.result(`${image.name} is deleted.`, image);
    }
  },
};

export const imageCommands: readonly Command[] = [list, show, upload, remove];
