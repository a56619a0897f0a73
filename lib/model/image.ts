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
  state: ImageState;
  sizeBytes: number;
  receivedBytes: number;
  sha256: string | null;
  volumeLabel: string | null;
  osFamily: OsFamily;
  bootable: { bios: boolean; uefi: boolean };
  /** Why it was refused or failed: a key of the `errors` catalogue. */
  error: { key: string; values?: Record<string, string | number> } | null;
  uploadedBy: string;
  createdAt: string;
  /** VMs that have it in a drive. */
  usedBy: number;
}
