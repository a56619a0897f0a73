import { chmod, copyFile, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { create } from "tar";
import { snapshotDb } from "@/lib/db/snapshot";
import { AppError } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { type BackupManifest, backedUpFiles, hashFile, manifestName } from "./archive";

/**
 * Writes the portal's own state into one file (mode 600): database and secrets, not the VMs'
 * disks. The portal may go on running. Nothing is left behind when it fails. Throws
 * `conflict.exists` when the file is there already. Returns size and what is inside.
 */
export async function createBackup(
  ctx: Context,
  input: { dataDir: string; file: string },
): Promise<{ file: string; bytes: number; manifest: BackupManifest }> {
  assertCan(ctx.actor, "setting.manage");
  const file = resolve(input.file);
  if (await stat(file).catch(() => null)) {
    throw new AppError({ code: "conflict.exists", message: `${file} exists already` });
  }
  // Beside the file: the same disk, so that the last step is a rename.
  const folder = await mkdtemp(join(dirname(file), ".portico-backup-"));
  try {
    await snapshotDb(`file:${join(input.dataDir, "portico.db")}`, join(folder, "portico.db"));
    const manifest = await gather(input.dataDir, folder, ctx.clock());
    const names = [manifestName, ...Object.keys(manifest.files)];
    const draft = join(folder, basename(file));
    await create({ cwd: folder, file: draft, gzip: true, portable: true }, names);
    await chmod(draft, 0o600);
    await rename(draft, file);
    const { size } = await stat(file);
    await writeAudit(ctx, { action: "portal.backup", outcome: "ok", detail: { bytes: size } });
    return { file, bytes: size, manifest };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function gather(dataDir: string, folder: string, now: Date): Promise<BackupManifest> {
  const manifest: BackupManifest = {
    format: "portico-backup-1",
    createdAt: now.toISOString(),
    host: hostname(),
    files: {},
  };
  for (const name of backedUpFiles) {
    const copy = join(folder, name);
    if (name !== "portico.db") {
      const source = join(dataDir, name);
      if (!(await stat(source).catch(() => null))) continue;
      await copyFile(source, copy);
    }
    const { size } = await stat(copy);
    manifest.files[name] = { sha256: await hashFile(copy), bytes: size };
  }
  await writeFile(join(folder, manifestName), JSON.stringify(manifest, null, 2));
  return manifest;
}
