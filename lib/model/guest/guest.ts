import { z } from "zod";

/** A file system of the guest, as the guest tells it. */
export interface GuestFilesystem {
  mountpoint: string;
  type: string;
  totalBytes: number | null;
  usedBytes: number | null;
  /** Targets of the VM's disks that it lies on: "vda". */
  disks: string[];
}

export interface GuestInterface {
  name: string;
  mac: string | null;
  /** With their prefix: "192.0.2.7/24". */
  addresses: string[];
}

/** Somebody who is signed in inside the guest. */
export interface GuestUser {
  name: string;
  since: string | null;
}

/** What the guest's agent tells of it. All of it is the guest's word, shortened and made plain. */
export interface GuestView {
  vmId: string;
  hostname: string | null;
  /** "Debian GNU/Linux 12 (bookworm)". */
  os: string | null;
  kernel: string | null;
  architecture: string | null;
  timezone: string | null;
  users: GuestUser[];
  filesystems: GuestFilesystem[];
  interfaces: GuestInterface[];
  /** The same by hand. */
  commands: string[];
}

/** An account inside the guest: what useradd and Windows take, and no colon, which separates. */
export const guestUserSchema = z
  .string()
  .min(1)
  .max(104)
  .regex(/^[^\p{Cc}:/\\]+$/u);

/** Passed on to the guest as it is: no line breaks, which would be another line of its input. */
export const guestPasswordSchema = z
  .string()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}+$/u);
