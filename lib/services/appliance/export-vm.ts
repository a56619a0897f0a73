import { buildOvf } from "@/lib/hypervisor/appliance/build-ovf";
import { readDefinitions } from "@/lib/hypervisor/vm/read-definition";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { volumeBytes } from "@/lib/hypervisor/volume/volume-bytes";
import { printXml } from "@/lib/hypervisor/xml/tree";
import { AppError } from "@/lib/model/errors";
import { kibToMib } from "@/lib/model/units";
import { isOff } from "@/lib/model/vm-state";
import { audited } from "../audited";
import type { Context } from "../context";
import { readSource } from "../vm/clone/read-source";
import { shownRoot } from "../vm/definition/find-definition";
import { findVm } from "../vm/find-vm";
import { assertNotRewriting } from "../volume/assert-not-rewriting";
import { archive, type Exported, fileBase, type Part, textPart } from "./archive";

/**
 * A VM that is off as one OVA archive: an OVF descriptor, libvirt's definition, the files of its
 * disks as they are, and their checksums. Read over libvirt, so from any host, and nothing is kept
 * here. Throws `vm.bad_state` unless it is off, `conflict.rule` for what cannot be copied, `host.*`.
 */
export async function exportVm(ctx: Context, input: { vmId: string }): Promise<Exported> {
  const row = await findVm(ctx, input.vmId, "vm.export");
  const entry: Parameters<typeof audited>[1] = {
    action: "vm.export",
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
  };
  return audited(ctx, entry, async () => {
    const { host, live, disks } = await readSource(ctx, row);
    await assertNotRewriting(ctx.db, row.id);
    const { next } = await readDefinitions(host, row.uuid);
    const base = fileBase(row.name, row.id);
    const files = await Promise.all(
      disks.map(async ({ row: disk, format, capacityBytes }) => {
        const { pool, volume, target } = disk;
        const { physicalBytes, changedAt } = await readVolumeFacts(host, {
          pool,
          volume,
          path: null,
        });
        const fileBytes = physicalBytes ?? capacityBytes;
        const file = `${base}-${target}.${format}`;
        return { file, pool, volume, format, capacityBytes, fileBytes, changedAt };
      }),
    );
    const ovf = buildOvf({
      name: row.name,
      description: row.description,
      firmware: live.firmware,
      vcpus: live.next.vcpus,
      memoryMib: kibToMib(live.next.memoryKib),
      disks: files,
      networks: live.nextNics.map(({ network }) => network ?? "none"),
    });
    const parts = [
      textPart(`${base}.ovf`, ovf),
      textPart(`${base}.xml`, printXml(shownRoot(ctx, next.root))),
      ...files.map(
        ({ file, pool, volume, fileBytes }): Part => ({
          name: file,
          sizeBytes: fileBytes,
          bytes: (signal) => volumeBytes(host, pool, volume, signal),
        }),
      ),
    ];
    entry.detail = { disks: files.length, bytes: files.reduce((sum, f) => sum + f.fileBytes, 0) };
    const assertSame = async () => {
      const now = await host.inventory.refresh(row.uuid);
      const facts = await Promise.all(
        files.map(({ pool, volume }) => readVolumeFacts(host, { pool, volume, path: null })),
      );
      const same = facts.every(({ changedAt }, index) => changedAt === files[index]?.changedAt);
      if (now !== null && isOff(now.state) && same) return;
      const message = `vm ${row.id} was changed while it was exported`;
      throw new AppError({ code: "vm.bad_state", message });
    };
    return archive({ projectId: row.projectId, base, parts, now: ctx.clock(), assertSame });
  });
}
