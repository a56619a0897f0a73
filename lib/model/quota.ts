import { backupBytes, type CountedBackup } from "./backup";
import { AppError, type UserMessage } from "./errors";
import { BYTES_PER_GIB, KIB_PER_MIB } from "./units";
import type { VmSizes } from "./vm";

/** What a project has limits for. `images` is their number, `imageGib` what they take. */
export const quotaResources = [
  "vms",
  "vcpus",
  "memoryMib",
  "diskGib",
  "snapshots",
  "images",
  "imageGib",
] as const;
export type QuotaResource = (typeof quotaResources)[number];

/** One figure for each resource. Sizes may be fractions: nothing is rounded before it is shown. */
export type Amounts = Record<QuotaResource, number>;

export interface Quota {
  limits: Amounts;
  /** Everything that counts, what running tasks have reserved included. */
  used: Amounts;
  /** The part of `used` whose task has not ended: VMs being made or deleted, images on their way. */
  reserved: Amounts;
}

/** Limits of every project that has none of its own. */
export const defaultLimits: Amounts = {
  vms: 200,
  vcpus: 512,
  memoryMib: 2_097_152,
  diskGib: 65_536,
  snapshots: 1_000,
  images: 500,
  imageGib: 4_096,
};

/** What a limit may be set to at most: far above any host, and exact in every sum. */
export const highestLimit = 1_000_000_000;

/** Column of each limit in a project's row. */
export const limitColumns = {
  vms: "maxVms",
  vcpus: "maxVcpus",
  memoryMib: "maxMemoryMib",
  diskGib: "maxDiskGib",
  snapshots: "maxSnapshots",
  images: "maxImages",
  imageGib: "maxImageGib",
} as const satisfies Record<QuotaResource, string>;

export type LimitRow = Record<(typeof limitColumns)[QuotaResource], number | null>;

/** Limits that a project sets itself; null: what every project has. */
export type OwnLimits = Record<QuotaResource, number | null>;

/** The limits that a row sets, by resource. */
export function ownLimitsOf(row: LimitRow): OwnLimits {
  return perResource((resource) => row[limitColumns[resource]]);
}

/** The limits in force: where a project sets none, those that every project has. */
export function limitsOf(own: OwnLimits): Amounts {
  return perResource((resource) => own[resource] ?? defaultLimits[resource]);
}

/** Resources whose limit lies below what is used: nothing is taken away, nothing can be added. */
export function belowUse(quota: Pick<Quota, "limits" | "used">): QuotaResource[] {
  return quotaResources.filter((resource) => quota.used[resource] > quota.limits[resource]);
}

/** Sizes of a VM's row. */
export interface SizeRow {
  vcpus: number;
  memoryKib: number;
  /** 0: not known, then `memoryKib` is the ceiling. */
  maxMemoryKib: number;
}

/** What the host reports of the VM; `bootId` is null while it is off. */
export interface ReportedSizes {
  live: VmSizes;
  next: VmSizes;
  bootId: string | null;
}

/**
 * What a VM counts: the largest of what was asked for, what it has and what it will have. Memory
 * is the ceiling, because a guest takes that by itself when it likes (docs/decisions/0016).
 */
export function countedSizes(
  row: SizeRow,
  reported: ReportedSizes | null,
): { vcpus: number; memoryKib: number } {
  const sizes = reported === null ? [] : [reported.next];
  if (reported !== null && reported.bootId !== null) sizes.push(reported.live);
  return {
    vcpus: Math.max(row.vcpus, ...sizes.map((each) => each.vcpus)),
    memoryKib: Math.max(row.memoryKib, row.maxMemoryKib, ...sizes.map((each) => each.maxMemoryKib)),
  };
}

export interface CountedVm extends SizeRow {
  lifecycle: string;
  disks: readonly { capacityBytes: bigint }[];
  /** Those that its host has. */
  snapshots: number;
  /** Those that tasks are about to take. */
  comingSnapshots: number;
  reported: ReportedSizes | null;
}

export interface CountedImage {
  state: string;
  sizeBytes: bigint;
}

/** A disk that no VM has: kept when its VM was deleted. */
export interface CountedDisk {
  state: string;
  capacityBytes: bigint;
}

/** Images that are only a line that says why they did not come: nothing is kept of them. */
const goneImageStates: readonly string[] = ["refused", "failed"];

export interface Counted {
  vms: readonly CountedVm[];
  images: readonly CountedImage[];
  keptDisks: readonly CountedDisk[];
  backups: readonly CountedBackup[];
}

/** Sums what a project has, in whatever state it is, into what counts. */
export function usageOf({
  vms,
  images,
  keptDisks,
  backups,
}: Counted): Pick<Quota, "used" | "reserved"> {
  const there = images.filter((each) => !goneImageStates.includes(each.state));
  const underWay = (each: { state: string }) => each.state !== "ready";
  const reserved = sum({
    vms: vms.filter((each) => each.lifecycle !== "ready"),
    images: there.filter(underWay),
    keptDisks: keptDisks.filter(underWay),
    backups: backups.filter(underWay),
  });
  for (const { lifecycle, comingSnapshots } of vms) {
    if (lifecycle === "ready") reserved.snapshots += comingSnapshots;
  }
  return { used: sum({ vms, images: there, keptDisks, backups }), reserved };
}

function sum({ vms, images, keptDisks, backups }: Counted): Amounts {
  const amounts: Amounts = { ...noAmounts, vms: vms.length, images: images.length };
  for (const vm of vms) {
    const { vcpus, memoryKib } = countedSizes(vm, vm.reported);
    amounts.vcpus += vcpus;
    amounts.memoryMib += memoryKib / KIB_PER_MIB;
    amounts.snapshots += vm.snapshots + vm.comingSnapshots;
  }
  for (const { capacityBytes } of [...vms.flatMap((vm) => vm.disks), ...keptDisks]) {
    amounts.diskGib += Number(capacityBytes) / BYTES_PER_GIB;
  }
  for (const backup of backups) amounts.diskGib += backupBytes(backup) / BYTES_PER_GIB;
  for (const image of images) amounts.imageGib += Number(image.sizeBytes) / BYTES_PER_GIB;
  return amounts;
}

export const noAmounts: Amounts = perResource(() => 0);

/** What a new VM asks for; `ceilingMib` is what `headroom` gives it. */
export function askedByNewVm(
  vm: { vcpus: number; diskGib: number },
  ceilingMib: number,
): Partial<Amounts> {
  return { vms: 1, vcpus: vm.vcpus, memoryMib: ceilingMib, diskGib: vm.diskGib };
}

/** What a change of size asks for beyond what the VM counts already; less is negative. */
export function askedByResize(
  row: SizeRow,
  reported: ReportedSizes,
  next: VmSizes,
): Partial<Amounts> {
  const before = countedSizes(row, reported);
  const after = countedSizes(next, { ...reported, next });
  return {
    vcpus: after.vcpus - before.vcpus,
    memoryMib: (after.memoryKib - before.memoryKib) / KIB_PER_MIB,
  };
}

/** What a new snapshot asks for. Its room on the disk grows with use, and is not counted. */
export const askedBySnapshot: Partial<Amounts> = { snapshots: 1 };

/** What an upload asks for: its whole declared size, from its start on. */
export function askedByImage(sizeBytes: number): Partial<Amounts> {
  return { images: 1, imageGib: sizeBytes / BYTES_PER_GIB };
}

/** What asking for something means for one resource. */
export interface QuotaLine {
  resource: QuotaResource;
  limit: number;
  used: number;
  asked: number;
  /** `used` and `asked` together. */
  after: number;
  /** Whether this is refused. Less is never refused, also not above the limit. */
  over: boolean;
}

/**
 * What would come of it, a line for each resource that `asked` names. The forms show it
 * beforehand and the server refuses by it: preview and law are this one function.
 */
export function judgeQuota(
  quota: Pick<Quota, "limits" | "used">,
  asked: Partial<Amounts>,
): QuotaLine[] {
  return quotaResources.flatMap((resource) => {
    const more = asked[resource];
    if (more === undefined) return [];
    const limit = quota.limits[resource];
    const used = quota.used[resource];
    const after = used + more;
    return [{ resource, limit, used, asked: more, after, over: more > 0 && after > limit }];
  });
}

/** Throws `quota.exceeded`, with limit, used and asked, when the project would go over. */
export function assertQuota(quota: Pick<Quota, "limits" | "used">, asked: Partial<Amounts>): void {
  const line = judgeQuota(quota, asked).find((each) => each.over);
  if (line === undefined) return;
  const { resource, limit, used } = line;
  throw new AppError({
    code: "quota.exceeded",
    message: `${resource}: limit ${limit}, used ${used}, asked ${line.asked}`,
    userMessage: overMessage(line),
    details: { resource, limit, used, asked: line.asked },
  });
}

/** Why a line is refused: a key of the `errors` catalogue. */
export function overMessage({ resource, limit, used, asked }: QuotaLine): UserMessage {
  return {
    key: `quota.${resource}`,
    values: { limit, used: roundedUp(used), asked: roundedUp(asked) },
  };
}

/** For showing: at most one decimal, and never less than there is. */
export function roundedUp(amount: number): number {
  return Math.ceil(amount * 10) / 10;
}

/** A figure for each resource, by a rule. */
export function perResource<T>(figure: (resource: QuotaResource) => T): Record<QuotaResource, T> {
  return {
    vms: figure("vms"),
    vcpus: figure("vcpus"),
    memoryMib: figure("memoryMib"),
    diskGib: figure("diskGib"),
    snapshots: figure("snapshots"),
    images: figure("images"),
    imageGib: figure("imageGib"),
  };
}
