import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { newId } from "@/lib/db/id";
import { consoleDir } from "@/lib/hypervisor/hosts";
import type { Host } from "@/lib/hypervisor/types";
import { firmwareStateOf } from "@/lib/hypervisor/xml/firmware-state";
import { type ParsedDomain, parseDomain } from "@/lib/hypervisor/xml/parse-domain";
import { find, textOf } from "@/lib/hypervisor/xml/query";
import { parseXml, type XmlElement } from "@/lib/hypervisor/xml/tree";
import { uncloneable } from "@/lib/hypervisor/xml/uncloneable";
import { AppError, notFound } from "@/lib/model/errors";
import { assertHostFits, assertPoolFits } from "@/lib/model/host-fit";
import { kibToMib } from "@/lib/model/units";
import type { DiskFormat } from "@/lib/model/vm";
import { can } from "@/lib/policies/can";
import type { BackupRestoreTask, RestoredVariables } from "@/lib/tasks/definitions/backup-restore";
import type { Context } from "../context";
import { requirePool } from "../host/require-host";
import type { BackupRow } from "./find-backup";

export interface RestorePlan {
  task: BackupRestoreTask;
  domain: ParsedDomain;
  /** What people wrote about the VM. */
  description: string;
}

/**
 * Everything about a VM that is restored from the first of a chain, decided before anything is made. Throws `quota.exceeded`
 * for what the host or its pool cannot carry, `conflict.rule` when a network of the definition is
 * not there, or when it has what only administrators give and the actor is none.
 */
export function planRestore(
  ctx: Context,
  host: Host,
  chain: readonly BackupRow[],
  input: { name: string; start: boolean },
): RestorePlan {
  const [row] = chain;
  if (row === undefined) throw notFound("a backup");
  const domain = parseDomain(row.definition);
  const root = parseXml(row.definition);
  assertOwn(ctx, row.id, root);
  assertNetworks(host, row.id, domain);
  const { vcpus, memoryKib } = domain.sizes;
  assertHostFits({ vcpus, memoryMib: kibToMib(memoryKib) }, host.view());
  const pool = requirePool(host, "disks");
  const vmId = newId();
  const domainName = `p-${vmId}`;
  const folder = consoleDir();
  const disks = row.disks.map((disk, index) => {
    const format = disk.format as DiskFormat;
    const capacityBytes = Number(disk.capacityBytes);
    assertPoolFits({ format, capacityBytes }, pool);
    return {
      target: disk.target,
      from: { pool: row.pool, volume: disk.volume },
      to: { pool: pool.name, volume: `${domainName}-${index}.${format}`, format },
      capacityBytes,
      sizeBytes: heldBytes(chain, disk.target, capacityBytes),
    };
  });
  // What the files hold has to fit at once.
  const neededBytes = disks.reduce((sum, disk) => sum + disk.sizeBytes, 0);
  assertPoolFits({ format: "raw", capacityBytes: neededBytes }, pool);
  return {
    domain,
    description: textOf(find(root, "description")) ?? "",
    task: {
      backupId: row.id,
      vmId,
      projectId: row.projectId,
      hostId: host.id,
      uuid: randomUUID(),
      domainName,
      title: input.name,
      consoleSocketPath: folder ? join(folder, `${domainName}.sock`) : null,
      disks,
      variables: variablesOf(row, `${domainName}_VARS.fd`),
      start: input.start,
    },
  };
}

/** Where the UEFI variables of a backup go: beside those of then, by a name of their own. */
export function variablesOf(row: BackupRow, name: string): RestoredVariables | null {
  const file = row.files.find((each) => each.kind === "nvram");
  const { variables } = firmwareStateOf(row.definition, null);
  if (file === undefined || variables === null) return null;
  const from = { pool: row.pool, volume: file.volume };
  return { from, folder: dirname(variables), name };
}

/** What a disk's files hold at most, those that they lie on included. */
function heldBytes(chain: readonly BackupRow[], target: string, capacityBytes: number): number {
  const files = chain.flatMap((row) => row.disks.filter((disk) => disk.target === target));
  const sum = files.reduce((all, file) => all + Number(file.sizeBytes ?? file.capacityBytes), 0);
  return Math.min(sum, capacityBytes);
}

/** A second VM with what somebody was given once, a device of the host for instance. */
function assertOwn({ actor }: Context, backupId: string, root: XmlElement): void {
  const [part] = uncloneable(root);
  if (part === undefined || can(actor, "vm.edit_definition")) return;
  throw new AppError({
    code: "conflict.rule",
    message: `backup ${backupId} has ${part}`,
    userMessage: { key: "backup.unusual", values: { part } },
  });
}

function assertNetworks(host: Host, backupId: string, domain: ParsedDomain): void {
  const active = host.inventory.networks().filter((each) => each.active);
  const gone = domain.nics.find(
    (nic) => nic.type === "network" && !active.some((each) => each.name === nic.network),
  );
  if (gone === undefined) return;
  throw new AppError({
    code: "conflict.rule",
    message: `network ${gone.network} of backup ${backupId} is not there`,
    userMessage: { key: "backup.no_network", values: { network: gone.network } },
  });
}
