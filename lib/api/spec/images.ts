import { z } from "zod";
import { applianceSchema } from "@/lib/model/appliance";
import {
  type ImageView,
  imageKinds,
  imageLimits,
  imageStates,
  osFamilies,
} from "@/lib/model/image";
import { idSchema, listOf, searchSchema, timeSchema } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";
import { taskSchema } from "./task-schemas";

const imageParams = z.strictObject({ imageId: idSchema });
const example = { imageId: "d4r8s1m6ze" };

export const imageSchema = z
  .object({
    id: idSchema,
    projectId: idSchema,
    name: z.string(),
    kind: z.enum(imageKinds).describe("An ISO, or a VM's file that waits to be imported."),
    state: z.enum(imageStates),
    sizeBytes: z.int(),
    receivedBytes: z.int(),
    sha256: z.string().nullable(),
    volumeLabel: z.string().nullable(),
    osFamily: z.enum(osFamilies),
    bootable: z.object({ bios: z.boolean(), uefi: z.boolean() }),
    appliance: applianceSchema
      .omit({ disks: true })
      .extend({ disks: z.array(applianceSchema.shape.disks.element.omit({ offset: true })) })
      .nullable()
      .describe("What a VM's file says of its VM."),
    error: z
      .object({ key: z.string(), detail: z.string() })
      .nullable()
      .describe("Why it was refused or failed."),
    uploadedBy: z.string(),
    createdAt: timeSchema,
    usedBy: z.int().describe("VMs that have it in a drive."),
  })
  .meta({ id: "Image" }) satisfies z.ZodType<Omit<ImageView, "error">>;

export const imageOperations = {
  listImages: operation({
    method: "GET",
    path: "/images",
    tag: "Images",
    summary: "List images",
    permission: "image.read",
    query: z.strictObject({
      projectId: idSchema.optional(),
      name: searchSchema.optional().describe("Part of the name."),
      state: listOf(imageStates).optional(),
      kind: z.enum(imageKinds).optional(),
      ...pageQuery(["-createdAt", "createdAt", "name", "-name"]),
    }),
    status: 200,
    response: pageOf(imageSchema),
    shared: true,
    example: { state: "ready" },
  }),
  getImage: operation({
    method: "GET",
    path: "/images/{imageId}",
    tag: "Images",
    summary: "Show an image",
    permission: "image.read",
    params: imageParams,
    status: 200,
    response: imageSchema,
    shared: true,
    example,
  }),
  createImageUpload: operation({
    method: "POST",
    path: "/images",
    tag: "Images",
    summary: "Begin to upload an ISO image, or a VM's file to import",
    description:
      "Then send the file to `uploadUrl` by the tus protocol 1.0.0, with the same token: PATCH " +
      "with `Upload-Offset`; HEAD tells where to go on after a break. When the last byte is there, " +
      "the file is checked and stored by a task.",
    permission: "image.upload",
    body: z.strictObject({
      projectId: idSchema,
      name: z.string().trim().min(1).max(300).describe("The file's name; it is cleaned."),
      sizeBytes: z.int().min(1).max(imageLimits.maxBytes),
      kind: z
        .enum(imageKinds)
        .optional()
        .describe("`appliance`: an .ova, a stream-optimised .vmdk, a .qcow2 or a raw disk."),
    }),
    status: 201,
    response: z
      .object({
        image: imageSchema,
        uploadUrl: z.string().describe("Behind the portal's own address."),
      })
      .meta({ id: "ImageUpload" }),
    idempotent: true,
    problems: ["quota.exceeded"],
    example: { projectId: "p7w2c4n8ta", name: "debian-12.iso", sizeBytes: 659_554_304 },
  }),
  deleteImage: operation({
    method: "DELETE",
    path: "/images/{imageId}",
    tag: "Images",
    summary: "Delete an image, or give its upload up",
    permission: "image.delete",
    params: imageParams,
    status: 202,
    response: taskSchema.optional(),
    problems: ["vm.bad_state", "host.unreachable"],
    example,
  }),
} as const;
