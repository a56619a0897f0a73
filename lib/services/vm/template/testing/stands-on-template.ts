import { execFileSync } from "node:child_process";
import { expect } from "vitest";
import type { CrashLab, Portal } from "@/lib/tasks/testing/crash-lab";
import { exportVm } from "../../../appliance/export-vm";
import { deleteDisk } from "../../../disk/delete-disk";
import { detachDisk } from "../../../disk/detach-disk";
import { growDisk } from "../../../disk/grow-disk";
import { createSnapshot } from "../../../snapshot/create-snapshot";
import { deleteSnapshot } from "../../../snapshot/delete-snapshot";
import { revertSnapshot } from "../../../snapshot/revert-snapshot";
import { createBackup } from "../../../vm-backup/create-backup";
import { deleteBackup } from "../../../vm-backup/delete-backup";
import { checkDisk } from "../../../volume/check-disk";
import { compactDisk } from "../../../volume/compact-disk";
import { convertDisk } from "../../../volume/convert-disk";
import { cloneVm } from "../../clone/clone-vm";
import { deleteVm } from "../../delete-vm";
import { getVm } from "../../get-vm";
import { powerVm } from "../../power-vm";
import { setTemplate } from "../set-template";

interface File {
  format: string;
  path: string;
}

const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });

/**
 * A linked clone of a template with two disks, on a real host: what lies where, by qemu-img, what is
 * refused for either, what works for the clone, and that it goes without a trace. `files` tells where
 * the disks of a VM lie, as seen from here.
 */
export async function standsOnTemplate(
  lab: CrashLab,
  portal: Portal,
  template: { vmId: string; name: string; files: (vmId: string) => Promise<File[]> },
): Promise<void> {
  const { member, db } = portal.world;
  const done = async ({ taskId }: { taskId: string }) =>
    expect(await lab.ended(db, taskId)).toBe("done");
  const thin = { name: "thin", description: "", linked: true };
  const made = await cloneVm(member, { vmId: template.vmId, ...thin });
  await done(made);
  const { vmId } = made;
  const disks = await chained(template, vmId);
  for (const { base, path, whole } of disks) {
    const info = JSON.parse(run("qemu-img", "info", "-U", "--output=json", path));
    expect(info).toMatchObject({
      format: "qcow2",
      "virtual-size": 1024 ** 3,
      "backing-filename-format": base.format,
      "format-specific": { data: { compat: "1.1" } },
    });
    expect(lab.peer.outside(info["backing-filename"])).toBe(base.path);
    expect(info["actual-size"]).toBeLessThan(1024 ** 2);
    run("qemu-img", "compare", base.path, whole);
  }
  const templateIs = { id: template.vmId, name: template.name };
  expect(await getVm(member, { vmId })).toMatchObject({
    links: { templates: [templateIs], clones: [] },
  });
  await staysFor(portal, template, ["thin"]);
  await refusesWhatWouldReadBoth(portal, vmId);
  expect(await checkDisk(member, { vmId, target: "vda" })).toMatchObject({ corruptions: 0 });

  await done(await createSnapshot(member, { vmId, name: "one", description: "" }));
  const revert = { vmId, snapshot: "one", first: null, confirmName: null };
  await done(await revertSnapshot(member, revert));
  await done(await deleteSnapshot(member, { vmId, snapshot: "one", children: false }));
  for (const { base, whole } of disks) run("qemu-img", "compare", base.path, whole);

  await isBackedUpWhole(lab, portal, vmId, disks);
  await powerVm(member, { vmId, verb: "start" });
  await done(await growDisk(member, { vmId, target: "vda", sizeGib: 2 }));
  await isBackedUpWhole(lab, portal, vmId, disks, () =>
    powerVm(member, { vmId, verb: "force_off" }),
  );

  await done(await detachDisk(member, { vmId, target: "vdb", remove: false, confirmName: null }));
  await staysFor(portal, template, ["thin", "thin/vdb"]);
  await done(await deleteVm(member, { vmId, confirmName: "thin", keepDisks: false }));
  await staysFor(portal, template, ["thin/vdb"]);
  const kept = await db.disk.findFirstOrThrow({ where: { vmId: null } });
  await done(await deleteDisk(member, { diskId: kept.id }));
  expect(await getVm(member, { vmId: template.vmId })).toMatchObject({ links: { clones: [] } });
}

interface Chained {
  base: File;
  path: string;
  /** For qemu-img: outside of libvirt's own files the path below leads nowhere. */
  whole: string;
}

async function chained(
  { vmId: templateId, files }: { vmId: string; files: (vmId: string) => Promise<File[]> },
  vmId: string,
): Promise<Chained[]> {
  const [bases, made] = [await files(templateId), await files(vmId)];
  expect(made).toHaveLength(bases.length);
  return bases.flatMap((base, index) => {
    const path = made[index]?.path ?? "";
    const backing = { driver: base.format, file: { driver: "file", filename: base.path } };
    const file = { driver: "file", filename: path };
    const whole = `json:${JSON.stringify({ driver: "qcow2", file, backing })}`;
    return [{ base, path, whole }];
  });
}

/** It is neither deleted nor a VM again while those lie on it. */
async function staysFor(
  { world: { member } }: Portal,
  { vmId, name }: { vmId: string; name: string },
  names: string[],
): Promise<void> {
  const refused = {
    code: "conflict.rule",
    userMessage: {
      key: "template.has_clones",
      values: { count: names.length, names: names.join(", ") },
    },
  };
  const back = setTemplate(member, { vmId, template: false });
  await expect(back).rejects.toMatchObject(refused);
  const gone = deleteVm(member, { vmId, confirmName: name, keepDisks: true });
  await expect(gone).rejects.toMatchObject(refused);
}

/** What reads or writes a file without those below it. */
async function refusesWhatWouldReadBoth(
  { world: { member } }: Portal,
  vmId: string,
): Promise<void> {
  const below = { code: "conflict.rule", userMessage: { key: "volume.has_below" } };
  const vda = { vmId, target: "vda", keepOld: false };
  for (const ask of [
    () => compactDisk(member, vda),
    () => convertDisk(member, { ...vda, format: "raw", copy: false }),
    () => cloneVm(member, { vmId, name: "more", description: "", linked: false }),
    () => exportVm(member, { vmId }),
  ]) {
    await expect(ask()).rejects.toMatchObject(below);
  }
}

/** The copies hold what the template's disks and its own are together, and need neither. */
async function isBackedUpWhole(
  lab: CrashLab,
  { world: { member, db } }: Portal,
  vmId: string,
  disks: readonly Chained[],
  rest: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const how = { note: "", quiesce: false, incremental: false };
  const { backupId, taskId } = await createBackup(member, { vmId, ...how });
  expect(await lab.ended(db, taskId)).toBe("done");
  await rest();
  const where = { backupId };
  const copies = await db.backupDisk.findMany({ where, orderBy: { target: "asc" } });
  expect(copies).toHaveLength(disks.length);
  for (const [index, { volume }] of copies.entries()) {
    const found = await lab.peer.virsh(["vol-path", "--pool", "portico-backups", volume]);
    const copy = lab.peer.outside(found.trim());
    const info = JSON.parse(run("qemu-img", "info", "--output=json", copy));
    expect(info["backing-filename"]).toBeUndefined();
    run("qemu-img", "compare", copy, disks[index]?.whole ?? "");
  }
  const gone = await deleteBackup(member, { backupId });
  expect(await lab.ended(db, gone.taskId)).toBe("done");
}
