import type { UserMessage } from "@/lib/model/errors";
import { type Headroom, headroom } from "@/lib/model/headroom";
import type { ImageView } from "@/lib/model/image";
import { suggestDefaults } from "@/lib/model/os-defaults";
import { type Amounts, overMessage, type QuotaLine } from "@/lib/model/quota";
import type { VideoModel } from "@/lib/model/video";
import type { CreateVmInput, DiskFormat, Firmware } from "@/lib/model/vm";
import { vmLimits } from "@/lib/model/vm-limits";

/** Figures are kept as typed, so that a half-typed number is not rewritten under the hand. */
export interface CreateForm {
  name: string;
  /** Empty: no ISO. */
  imageId: string;
  vcpus: string;
  memoryMib: string;
  /** Whether memory may grow while it runs. */
  roomToGrow: boolean;
  /** Whether it has places for memory modules. */
  memoryModules: boolean;
  diskGib: string;
  diskFormat: DiskFormat;
  network: string;
  firmware: Firmware;
  video: VideoModel;
}

export type FormField = keyof CreateForm;
export type FieldErrors = Partial<Record<FormField, UserMessage>>;

export const presets = {
  small: { vcpus: 1, memoryMib: 1024, diskGib: 10 },
  medium: { vcpus: 2, memoryMib: 2048, diskGib: 20 },
  large: { vcpus: 4, memoryMib: 8192, diskGib: 80 },
  huge: { vcpus: 8, memoryMib: 16_384, diskGib: 160 },
} as const;
export const presetKeys = ["small", "medium", "large", "huge"] as const;
export type Sizes = { vcpus: number; memoryMib: number; diskGib: number };

export function sameSizes(a: Sizes, b: Sizes): boolean {
  return a.vcpus === b.vcpus && a.memoryMib === b.memoryMib && a.diskGib === b.diskGib;
}

/** The sizes as the form keeps them. */
export function asTyped(sizes: Sizes): Pick<CreateForm, "vcpus" | "memoryMib" | "diskGib"> {
  return {
    vcpus: String(sizes.vcpus),
    memoryMib: String(sizes.memoryMib),
    diskGib: String(sizes.diskGib),
  };
}

/** A form that proposes what suits the image; what the person chose by hand stays. */
export function withImage(
  form: CreateForm,
  image: ImageView | null,
  touched: ReadonlySet<FormField>,
): CreateForm {
  const { vcpus, memoryMib, diskGib, diskFormat, firmware, video } = suggestDefaults(image);
  const proposed: CreateForm = {
    ...form,
    ...asTyped({ vcpus, memoryMib, diskGib }),
    diskFormat,
    firmware,
    video,
    imageId: image?.id ?? "",
  };
  for (const field of touched) {
    if (field !== "imageId") Object.assign(proposed, { [field]: form[field] });
  }
  return proposed;
}

/** A typed figure; null unless it is a whole number. */
export function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null;
}

const figures = { vcpus: "vcpus", memoryMib: "memory", diskGib: "disk" } as const;

/** Of the host; null where none is connected. */
type Room = { cpuCount: number; memoryKib: number } | null;

/** How far the VM could grow while it runs; null while a figure is missing. */
export function growthOf(form: CreateForm, room: Room): Headroom | null {
  const vcpus = wholeNumber(form.vcpus);
  const memoryMib = wholeNumber(form.memoryMib);
  if (!vcpus || !memoryMib) return null;
  const asked = { vcpus, memoryMib, roomToGrow: form.roomToGrow };
  return headroom(asked, room ?? { cpuCount: 0, memoryKib: 0 });
}

/** What the form asks for so far; what is no figure, or one that no VM may have, asks for nothing. */
export function askedOf(form: CreateForm, room: Room): Partial<Amounts> {
  const asked: Partial<Amounts> = { vms: 1 };
  const wrong = checkForm(form);
  const vcpus = wholeNumber(form.vcpus);
  const diskGib = wholeNumber(form.diskGib);
  const growth = growthOf(form, room);
  if (vcpus !== null && !wrong.vcpus) asked.vcpus = vcpus;
  if (growth !== null && !wrong.memoryMib) asked.memoryMib = growth.maxMemoryMib;
  if (diskGib !== null && !wrong.diskGib) asked.diskGib = diskGib;
  return asked;
}

/** What goes beyond the quota, as an error of its field. */
export function overErrors(lines: readonly QuotaLine[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const line of lines) {
    if (!line.over) continue;
    const field = (["vcpus", "memoryMib", "diskGib"] as const).find(
      (each) => each === line.resource,
    );
    if (field !== undefined) errors[field] = overMessage(line);
  }
  return errors;
}

/** What can be told without asking the portal; keys of the `errors` catalogue. */
export function checkForm(form: CreateForm): FieldErrors {
  const errors: FieldErrors = {};
  if (form.name.trim() === "") errors.name = { key: "field.name.required" };
  for (const field of ["vcpus", "memoryMib", "diskGib"] as const) {
    const value = wholeNumber(form[field]);
    const { min, max } = vmLimits[field];
    const key = `field.${figures[field]}`;
    if (value === null) errors[field] = { key: `${key}.number` };
    else if (value < min || value > max) {
      errors[field] = { key: `${key}.range`, values: { minimum: min, maximum: max } };
    }
  }
  if (form.network === "") errors.network = { key: "field.network.unknown" };
  return errors;
}

/** The input of the action; only for a form that `checkForm` finds no fault with. */
export function toInput(form: CreateForm, projectId: string): CreateVmInput {
  return {
    projectId,
    name: form.name.trim(),
    imageId: form.imageId === "" ? null : form.imageId,
    vcpus: Number(form.vcpus),
    memoryMib: Number(form.memoryMib),
    roomToGrow: form.roomToGrow,
    memoryModules: form.memoryModules,
    diskGib: Number(form.diskGib),
    diskFormat: form.diskFormat,
    network: form.network,
    firmware: form.firmware,
    video: form.video,
  };
}
