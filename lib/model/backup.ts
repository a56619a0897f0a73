import { z } from "zod";

/** "making" and "deleting": a task is at work on it. */
export const backupStates = ["making", "ready", "deleting"] as const;
export type BackupState = (typeof backupStates)[number];

export const backupVerdicts = ["intact", "damaged"] as const;
export type BackupVerdict = (typeof backupVerdicts)[number];

export const backupKinds = ["full", "incremental"] as const;
export type BackupKind = (typeof backupKinds)[number];

export const backupLacks = ["nvram", "tpm"] as const;
export type BackupLack = (typeof backupLacks)[number];

/** Tasks that write whole disks, or read them, for backups. */
export const backupTaskKinds = [
  "backup.create",
  "backup.verify",
  "backup.restore",
  "backup.restore_in_place",
] as const;

export const noteLength = 200;

/** What a person writes down with a backup: one line. */
export const backupNoteSchema = z
  .string()
  .trim()
  .normalize("NFC")
  .max(noteLength, "field.backup_note")
  .regex(/^[^\p{Cc}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]*$/u, "field.backup_note");

export interface BackupDiskView {
  target: string;
  /** Format of the VM's disk; a restored one has it again. */
  format: string;
  capacityBytes: number;
  /** Name of the file in the pool of backups, always qcow2. */
  file: string;
  /** Its length and SHA-256; null while it is being made. */
  sizeBytes: number | null;
  sha256: string | null;
}

/** Copies of all disks of a VM, of one moment, with its definition. It outlives its VM. */
export interface BackupView {
  id: string;
  projectId: string;
  /** The VM, and its name at that time. */
  vmId: string;
  vmName: string;
  /** Whether the VM is still there. */
  vmThere: boolean;
  state: BackupState;
  kind: BackupKind;
  /** The backup that an incremental one builds on. */
  baseId: string | null;
  /** How many build on this one. */
  neededBy: number;
  /** Why it is full although an increment was asked for. */
  fullBecause: { key: string; values?: Record<string, string | number> } | null;
  /** What the VM had and the backup has not: UEFI variables, the state of a TPM. */
  lacks: readonly BackupLack[];
  /** Files beside those of the disks and the definition's. */
  files: { kind: "nvram"; file: string; sizeBytes: number | null; sha256: string | null }[];
  /** Made by the VM's schedule. */
  scheduled: boolean;
  note: string;
  /** Whether the guest ran. */
  ran: boolean;
  /** Whether the guest's agent held its file systems for that moment; null when it was off. */
  quiesced: boolean | null;
  /** What it counts against the project's disk space. */
  countedBytes: number;
  /** Name of the definition's file, beside those of the disks. */
  definitionFile: string;
  disks: BackupDiskView[];
  createdBy: string;
  createdAt: string;
  /** When its files were last read again, and what came of it. */
  verifiedAt: string | null;
  verdict: BackupVerdict | null;
}

/** Sizes of a backup's files, as rows have them. */
export interface CountedBackup {
  state: string;
  disks: readonly { capacityBytes: bigint; sizeBytes: bigint | null }[];
}

/**
 * What a backup counts, in bytes: its files, and as long as their length is not known the most that
 * they can take.
 */
export function backupBytes({ disks }: Pick<CountedBackup, "disks">): number {
  return disks.reduce((sum, disk) => sum + Number(disk.sizeBytes ?? disk.capacityBytes), 0);
}

/** What of a VM's disks a plan needs. */
interface Disk {
  target: string;
  device: string;
}

/**
 * What speaks against backing a VM up: a key of the `errors` catalogue with its values, or null.
 * `live` are the drives that it has, `next` those of its next start, `own` the places of the disks
 * that the portal knows as the VM's.
 */
export function backupProblem(vm: {
  live: readonly Disk[];
  next: readonly Disk[];
  own: readonly string[];
}): { key: string; values?: Record<string, string> } | null {
  const live = targetsOf(vm.live);
  if (live.length === 0) return { key: "backup.no_disk" };
  if (live.join() !== targetsOf(vm.next).join()) return { key: "backup.pending_disks" };
  const foreign = live.find((target) => !vm.own.includes(target));
  return foreign === undefined ? null : { key: "backup.foreign_disk", values: { disk: foreign } };
}

function targetsOf(disks: readonly Disk[]): string[] {
  return disks
    .filter((disk) => disk.device === "disk")
    .map((disk) => disk.target)
    .sort();
}

/**
 * What speaks against giving a VM back the disks of a backup: a key of the `errors` catalogue, or
 * null. Null for a VM stands for one that is gone.
 */
export function inPlaceProblem(
  vm: {
    state: string;
    bootId: string | null;
    hasSnapshots: boolean;
    inRescue: boolean;
  } | null,
): { key: string } | null {
  if (vm === null) return { key: "backup.in_place_gone" };
  if (vm.inRescue) return { key: "rescue.is_on" };
  if (vm.state === "missing") return { key: "backup.in_place_gone" };
  if (vm.state === "saved") return { key: "vm.is_saved" };
  if (vm.bootId !== null) return { key: "backup.in_place_running" };
  if (vm.hasSnapshots) return { key: "backup.in_place_snapshots" };
  return null;
}
