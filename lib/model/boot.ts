import { z } from "zod";
import { virshLine } from "./virsh-line";

/** A device that a VM can start from, as its next start will have it. */
export interface BootDevice {
  /** Place of a drive ("vda"), or MAC of a network card. */
  id: string;
  kind: "disk" | "cdrom" | "nic";
  /** 1 is tried first; null: it is not tried. */
  order: number | null;
}

export const bootOrderSchema = z.strictObject({
  order: z
    .array(z.string().min(1).max(17))
    .min(1)
    .max(40)
    .refine((ids) => new Set(ids).size === ids.length, "field.boot_order"),
});

/** Devices in the order in which they are tried, those that are not at the end. */
export function inBootOrder(devices: readonly BootDevice[]): BootDevice[] {
  const place = (device: BootDevice) => device.order ?? Number.POSITIVE_INFINITY;
  return devices.toSorted((left, right) => place(left) - place(right) || 0);
}

/** What a boot order stands for: virsh has no command of its own and opens an editor. */
export function bootOrderCommands(
  domainName: string,
  devices: readonly BootDevice[],
  order: readonly string[],
): string[] {
  const lines = order.map((id, index) => {
    const nic = devices.find((each) => each.id === id)?.kind === "nic";
    return `# in the <${nic ? "interface" : "disk"}> of ${id}: <boot order="${index + 1}"/>`;
  });
  return [virshLine(["edit", domainName]), ...lines];
}
