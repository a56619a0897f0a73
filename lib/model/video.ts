/**
 * Graphics that a VM can be given. `virtio` is a VGA card too until the guest's driver takes it over,
 * and with the driver the guest follows the size of the window that shows it.
 */
export const videoModels = ["virtio", "vga"] as const;
export type VideoModel = (typeof videoModels)[number];

/** The same as a definition has it; `other` is what only virsh makes. */
export type ReadVideo = VideoModel | "other" | "none";

/** Of what runs (null when it is off), and of the next start. */
export interface VideoView {
  now: ReadVideo | null;
  next: ReadVideo;
}

/** What suits an image's family of systems: Windows comes without a driver for virtio. */
export function videoFor(family: string): VideoModel {
  return family === "windows" ? "vga" : "virtio";
}
