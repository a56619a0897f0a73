import { expect } from "vitest";
import type { Host } from "@/lib/hypervisor/types";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import type { Context } from "../../context";

/**
 * Every backup is whole: its files are there, as long as was written down, and an increment lies on
 * the files of the backup that it builds on; returns the files' names and their bytes.
 */
export async function expectBackups(
  { db }: Context,
  host: Host,
  projects: readonly string[],
): Promise<{ files: string[]; bytes: ReadonlyMap<string, number> }> {
  const backups = await db.backup.findMany({
    where: { projectId: { in: [...projects] } },
    include: { disks: true, files: true },
  });
  const names: string[] = [];
  const bytes = new Map<string, number>();
  for (const backup of backups) {
    const { id, projectId, pool, baseId, volume } = backup;
    expect(backup).toMatchObject({ state: "ready", holding: false });
    expect(backup.verdict, id).not.toBe("damaged");
    expect(backup.kind).toBe(baseId === null ? "full" : "incremental");
    const base = backups.find((each) => each.id === baseId);
    if (baseId !== null) expect(base).toMatchObject({ projectId, vmId: backup.vmId, pool });
    const vm = await db.vm.findUnique({ where: { id: backup.vmId } });
    if (vm !== null) expect(projectId, "the project of its VM").toBe(vm.projectId);
    const factsOf = (name: string) => readVolumeFacts(host, { pool, volume: name, path: null });
    expect((await factsOf(volume)).physicalBytes).toBe(Buffer.byteLength(backup.definition));
    for (const disk of backup.disks) {
      const facts = await factsOf(disk.volume);
      expect(facts.capacityBytes, disk.volume).toBe(Number(disk.capacityBytes));
      expect(facts.physicalBytes, disk.volume).toBe(Number(disk.sizeBytes));
      expect(disk.sha256).not.toBeNull();
      const same = base?.disks.find(({ target }) => target === disk.target);
      expect(facts.chain[0]?.name, `below ${disk.volume}`).toBe(same?.volume);
      bytes.set(projectId, (bytes.get(projectId) ?? 0) + Number(disk.sizeBytes));
    }
    names.push(volume, ...[...backup.disks, ...backup.files].map((each) => each.volume));
  }
  return { files: names, bytes };
}
