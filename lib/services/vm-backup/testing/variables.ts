import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { expect } from "vitest";
import type { CrashLab, Portal } from "@/lib/tasks/testing/crash-lab";
import { createBackup } from "../create-backup";
import { deleteBackup } from "../delete-backup";
import { getBackup } from "../get-backup";
import { restoreBackup } from "../restore-backup";
import { restoreInPlace } from "../restore-in-place";

/**
 * The UEFI variables of a running VM are in its backup; a VM that comes of it begins with them, and
 * the VM itself has them again when it goes back. It runs before and afterwards.
 */
export async function variablesComeBack(
  lab: CrashLab,
  portal: Portal,
  vmId: string,
): Promise<void> {
  const { member, db, project } = portal.world;
  const domain = `p-${vmId}`;
  const read = (path: string) => readFile(lab.peer.outside(path));
  const shaOf = async (path: string) =>
    createHash("sha256")
      .update(await read(path))
      .digest("hex");
  const pathIn = async (...dump: string[]) =>
    (await lab.peer.virsh(["dumpxml", ...dump])).match(/<nvram[^>]*>([^<]+)</)?.[1] ?? "";
  const ended = ({ taskId }: { taskId: string }) => lab.ended(db, taskId);
  // The firmware writes while it starts.
  await lab.peer.virsh(["suspend", domain]);
  const ask = { vmId, note: "", quiesce: false, incremental: false };
  const made = await createBackup(member, ask);
  const { backupId } = made;
  expect(await ended(made)).toBe("done");
  const { files, lacks } = await getBackup(member, { projectId: project, backupId });
  expect(lacks).toEqual([]);
  expect(files).toMatchObject([{ kind: "nvram", file: `b-${backupId}-vars.fd` }]);
  const first = await pathIn(domain);
  const sha256 = files[0]?.sha256 ?? "none";
  expect(await shaOf(first)).toBe(sha256);

  const restored = await restoreBackup(member, { backupId, name: "same", start: false });
  expect(await ended(restored)).toBe("done");
  const own = await pathIn("--inactive", `p-${restored.vmId}`);
  expect(own).toContain(restored.vmId);
  expect(await shaOf(own)).toBe(sha256);
  await lab.remove(portal, restored.vmId, "same");
  await expect(read(own)).rejects.toThrow();

  // What the firmware has written since.
  await lab.peer.virsh(["destroy", domain]);
  const later = await read(first);
  later.write("later", later.length - 8);
  await writeFile(lab.peer.outside(first), later);
  expect(await shaOf(first)).not.toBe(sha256);
  const of = { backupId, confirmName: "guest" };
  expect(await ended(await restoreInPlace(member, of))).toBe("done");
  const second = await pathIn("--inactive", domain);
  expect(second).not.toBe(first);
  expect(await shaOf(second)).toBe(sha256);
  await expect(read(first)).rejects.toThrow();
  // One that is off is copied from where its definition says.
  const atRest = await createBackup(member, ask);
  expect(await ended(atRest)).toBe("done");
  const again = await getBackup(member, { projectId: project, backupId: atRest.backupId });
  expect(again).toMatchObject({ lacks: [], files: [{ sha256 }] });
  await lab.peer.virsh(["start", domain]);
  expect(await pathIn(domain)).toBe(second);
  for (const each of [made, atRest]) {
    expect(await ended(await deleteBackup(member, { backupId: each.backupId }))).toBe("done");
  }
  expect(await lab.peer.virsh(["pool-list", "--all", "--name"])).not.toContain("aside");
}
