import { buildOvf } from "@/lib/hypervisor/appliance/build-ovf";
import { volumeBytes } from "@/lib/hypervisor/volume/volume-bytes";
import { veiled } from "@/lib/hypervisor/xml/definition/veil";
import { parseDomain } from "@/lib/hypervisor/xml/parse-domain";
import { find, textOf } from "@/lib/hypervisor/xml/query";
import { parseXml, printXml } from "@/lib/hypervisor/xml/tree";
import { AppError } from "@/lib/model/errors";
import { kibToMib } from "@/lib/model/units";
import type { DiskFormat } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";
import { hidesHost } from "../vm/definition/find-definition";
import { backupEntry } from "../vm-backup/audit-entry";
import { assertReady, findBackup } from "../vm-backup/find-backup";
import { archive, type Exported, fileBase, textPart } from "./archive";

/**
 * A backup as one OVA archive, like that of a VM; also of a VM that runs or is gone. What is read is
 * compared with the checksums of when it was made. Throws `conflict.rule` for an increment, whose
 * file is no disk by itself, `vm.bad_state` while it is being made or deleted, and `host.*`.
 */
export async function exportBackup(ctx: Context, input: { backupId: string }): Promise<Exported> {
  const row = await findBackup(ctx, input, "vm.export");
  return audited(ctx, backupEntry("backup.export", row), async () => {
    assertReady(row);
    if (row.baseId !== null) {
      throw new AppError({
        code: "conflict.rule",
        message: `backup ${row.id} builds on ${row.baseId}`,
        userMessage: { key: "export.increment" },
      });
    }
    const host = requireHost(ctx.hosts, row.hostId);
    const root = parseXml(row.definition);
    const domain = parseDomain(row.definition);
    const base = fileBase(row.vmName, row.id);
    const files = row.disks.map((disk) => ({
      file: `${base}-${disk.target}.${disk.format}`,
      volume: disk.volume,
      format: disk.format as DiskFormat,
      capacityBytes: Number(disk.capacityBytes),
      fileBytes: Number(disk.sizeBytes),
      sha256: disk.sha256 ?? undefined,
    }));
    const ovf = buildOvf({
      name: row.vmName,
      description: textOf(find(root, "description")) ?? "",
      firmware: domain.firmware,
      vcpus: domain.sizes.vcpus,
      memoryMib: kibToMib(domain.sizes.memoryKib),
      disks: files,
      networks: domain.nics.map(({ network }) => network ?? "none"),
    });
    const definition = printXml(hidesHost(ctx) ? veiled(root) : root);
    const parts = [
      textPart(`${base}.ovf`, ovf),
      textPart(`${base}.xml`, definition),
      ...files.map(({ file, volume, fileBytes, sha256 }) => ({
        name: file,
        sizeBytes: fileBytes,
        sha256,
        bytes: (signal: AbortSignal) => volumeBytes(host, row.pool, volume, signal),
      })),
    ];
    return archive({ projectId: row.projectId, base, parts, now: ctx.clock() });
  });
}
