import type { ApplianceView } from "./appliance";

export const imageStates = [
  "uploading",
  "checking",
  "storing",
  "ready",
  "refused",
  "failed",
  "deleting",
] as const;
export type ImageState = (typeof imageStates)[number];

export const osFamilies = [
  "linux",
  "debian",
  "ubuntu",
  "fedora",
  "suse",
  "arch",
  "alpine",
  "windows",
  "bsd",
  "other",
] as const;
export type OsFamily = (typeof osFamilies)[number];

/** What an upload is: something to install from, or a VM's file that waits to be imported. */
export const imageKinds = ["iso", "appliance"] as const;
export type ImageKind = (typeof imageKinds)[number];

/** Whether it can lie in a VM's drive. */
export function isReadyIso(image: Pick<ImageView, "kind" | "state">): boolean {
  return image.kind === "iso" && image.state === "ready";
}

export const imageLimits = {
  maxBytes: 64 * 1024 ** 3,
  nameLength: 120,
  /** Abandoned uploads are removed after this. */
  abandonedHours: 24,
} as const;

export interface ImageView {
  id: string;
  projectId: string;
  name: string;
  kind: ImageKind;
  state: ImageState;
  sizeBytes: number;
  receivedBytes: number;
  sha256: string | null;
  volumeLabel: string | null;
  osFamily: OsFamily;
  bootable: { bios: boolean; uefi: boolean };
  /** What a VM's file says of its VM; null of an ISO, and until it has been looked at. */
  appliance: ApplianceView | null;
  /** Why it was refused or failed: a key of the `errors` catalogue. */
  error: { key: string; values?: Record<string, string | number> } | null;
  uploadedBy: string;
  createdAt: string;
  /** VMs that have it in a drive. */
  usedBy: number;
}
