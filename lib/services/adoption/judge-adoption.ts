import type { Host, LiveDisk, LiveVm } from "@/lib/hypervisor/types";
import { type ReadDefinition, readDefinitions } from "@/lib/hypervisor/vm/read-definition";
import { readVolume } from "@/lib/hypervisor/volumes";
import { findForeign, findUnusual } from "@/lib/hypervisor/xml/definition/find-unusual";
import { find, textOf } from "@/lib/hypervisor/xml/query";
import type { XmlElement } from "@/lib/hypervisor/xml/tree";
import {
  type AdoptionInput,
  type AdoptionPlan,
  adoptionProblems,
  type JudgedDisk,
} from "@/lib/model/adoption";
import type { UnusualPart } from "@/lib/model/definition";
import { AppError, notFound } from "@/lib/model/errors";
import { type Amounts, judgeQuota, overMessage } from "@/lib/model/quota";
import { BYTES_PER_GIB, kibToMib } from "@/lib/model/units";
import { vmDescriptionSchema, vmNameSchema } from "@/lib/model/vm";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";
import { countQuota } from "../quota/count-quota";

export interface JudgedAdoption {
  plan: AdoptionPlan;
  host: Host;
  live: LiveVm;
  asked: Partial<Amounts>;
  /** What its host says of it, where a VM can have that. */
  description: string;
}

/**
 * Looks at a machine that was made elsewhere as its host has it this moment. Throws `not_found`
 * for a host or domain that there is not, `conflict.exists` for one that a project has already,
 * `input.invalid` when its name on the host is none that a VM can have, and `host.*` errors.
 */
export async function judgeAdoption(
  ctx: Context,
  { hostId, uuid, projectId, name: given, makePersistent = false }: AdoptionInput,
): Promise<JudgedAdoption> {
  if (ctx.hosts.get(hostId) === null) throw notFound(`host ${hostId}`);
  const host = requireHost(ctx.hosts, hostId);
  const live = await host.inventory.refresh(uuid);
  if (live === null) throw notFound(`domain ${uuid}`);
  if ((await ctx.db.vm.count({ where: { uuid } })) > 0) throw isKnown(uuid);
  const name = nameOf(given ?? live.domainName);
  const disks = await judgeDisks(ctx, host, live);
  const asked = askedBy(live, disks);
  const quota = judgeQuota(await countQuota(ctx.db, ctx.hosts, projectId), asked);
  const transient = !live.persistent;
  const problems = adoptionProblems({ transient, makePersistent }, disks);
  problems.push(...quota.filter((line) => line.over).map(overMessage));
  const { next } = await readDefinitions(host, uuid);
  return {
    host,
    live,
    asked,
    description: vmDescriptionSchema.safeParse(textOf(find(next.root, "description"))).data ?? "",
    plan: {
      hostId,
      uuid,
      domainName: live.domainName,
      name,
      transient,
      firmware: live.firmware,
      vcpus: live.next.vcpus,
      memoryKib: live.next.memoryKib,
      disks: disks.map(({ known: _, sharedWith: __, ...disk }) => disk),
      unusual: await unusualOf(host, live, next),
      quota,
      problems,
      possible: problems.length === 0,
    },
  };
}

/** One of that UUID belongs to a project, on this host or on another. */
export function isKnown(uuid: string): AppError {
  return new AppError({
    code: "conflict.exists",
    message: `domain ${uuid} belongs to a project`,
    userMessage: { key: "adopt.known" },
  });
}

function nameOf(text: string): string {
  const parsed = vmNameSchema.safeParse(text.normalize("NFC"));
  if (parsed.success) return parsed.data;
  const key = parsed.error.issues[0]?.message ?? "field.name.characters";
  throw new AppError({
    code: "input.invalid",
    message: "no name for a VM",
    fields: { name: { key } },
  });
}

/** Disks of what runs and of the next start; the file in a drive stays the host's. */
function disksOf({ nextDisks, disks }: LiveVm): LiveDisk[] {
  const place = ({ pool, volume, path }: LiveDisk) => `${pool}/${volume ?? path}`;
  const byPlace = new Map([...disks, ...nextDisks].map((disk) => [place(disk), disk]));
  return [...byPlace.values()].filter((disk) => disk.device === "disk");
}

async function judgeDisks(ctx: Context, host: Host, live: LiveVm): Promise<JudgedDisk[]> {
  const others = host.inventory.list().filter((each) => each.uuid !== live.uuid);
  const judged: JudgedDisk[] = [];
  for (const { target, format, pool, volume } of disksOf(live)) {
    const disk = { target, format, pool, volume };
    if (pool === null || volume === null) {
      judged.push({ ...disk, capacityBytes: null, known: false, sharedWith: null });
      continue;
    }
    const where = { pool, volume };
    const known =
      (await ctx.db.disk.count({ where: { hostId: host.id, ...where } })) > 0 ||
      (await ctx.db.image.count({ where })) > 0;
    const isSame = (other: LiveDisk) => other.pool === pool && other.volume === volume;
    const sharing = others.find((each) => [...each.disks, ...each.nextDisks].some(isSame));
    judged.push({
      ...disk,
      capacityBytes: (await readVolume(host, pool, volume))?.capacityBytes ?? null,
      known,
      sharedWith: sharing?.domainName ?? null,
    });
  }
  return judged;
}

function askedBy({ next, snapshots }: LiveVm, disks: readonly JudgedDisk[]): Partial<Amounts> {
  const bytes = disks.reduce((sum, disk) => sum + (disk.capacityBytes ?? 0), 0);
  return {
    vms: 1,
    vcpus: next.vcpus,
    memoryMib: kibToMib(next.maxMemoryKib),
    diskGib: bytes / BYTES_PER_GIB,
    snapshots: snapshots.length,
  };
}

/** What its definition says that Portico would not write, and names of what is not the project's. */
async function unusualOf(host: Host, live: LiveVm, next: ReadDefinition): Promise<UnusualPart[]> {
  const files = disksOf(live).map(({ path }) => path);
  const found = findUnusual(next.root).filter(
    ({ element, value }) => !isEmulator(element) && !files.includes(value),
  );
  const foreign = findForeign(next.root, {
    volumes: new Set(disksOf(live).map(({ pool, volume }) => `disk ${pool}/${volume}`)),
    networks: new Set(host.inventory.networks().map((network) => network.name)),
    macs: new Set([...live.nics, ...live.nextNics].map(({ mac }) => mac.toLowerCase())),
  }).filter(({ kind }) => kind !== "identity");
  const byPath = [...found, ...foreign].map(({ kind, path }) => [path, { kind, path }] as const);
  return [...new Map(byPath).values()];
}

/** Where distributions put QEMU: libvirt writes it into every definition. */
const emulators = [
  "/usr/bin/qemu-system-x86_64",
  "/usr/bin/qemu-kvm",
  "/usr/bin/kvm",
  "/usr/libexec/qemu-kvm",
];

function isEmulator(element: XmlElement): boolean {
  return element.name === "emulator" && emulators.includes(textOf(element) ?? "");
}
