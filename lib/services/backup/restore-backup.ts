import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { extract } from "tar";
import { migrate } from "@/lib/db/migrate";
import { problemsOfDb } from "@/lib/db/snapshot";
import { AppError } from "@/lib/model/errors";
import {
  type BackedUpFile,
  type BackupManifest,
  backedUpFiles,
  hashFile,
  manifestName,
  manifestSchema,
} from "./archive";
import { assertStopped } from "./assert-stopped";

const known: readonly string[] = [manifestName, ...backedUpFiles];
const maxManifestBytes = 64 * 1024;

/**
 * Puts a backup in the place of the portal's state. Everything is checked before anything is
 * moved, and what stood there is kept in `before-restore-…`. The database is brought up to this
 * program's schema. Throws `conflict.rule` while a portal runs on it, `input.invalid` for a file
 * that is no whole backup. Returns the backup's manifest and where the earlier state is.
 */
export async function restoreBackup(input: {
  dataDir: string;
  file: string;
  now: Date;
}): Promise<{ manifest: BackupManifest; keptIn: string | null }> {
  const { dataDir } = input;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await assertStopped(dataDir);
  const folder = await mkdtemp(join(dataDir, ".restore-"));
  try {
    await unpack(resolve(input.file), folder);
    const manifest = await check(folder);
    // Fails for a newer version's database before anything is moved.
    await migrate(`file:${join(folder, "portico.db")}`);
    await assertStopped(dataDir);
    const keptIn = await setAside(dataDir, input.now);
    for (const name of Object.keys(manifest.files)) {
      await chmod(join(folder, name), 0o600);
      await rename(join(folder, name), join(dataDir, name));
    }
    return { manifest, keptIn };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unpack(file: string, folder: string): Promise<void> {
  const strange: string[] = [];
  const filter = (path: string, entry: object): boolean => {
    const isFile = "type" in entry && entry.type === "File";
    if (known.includes(path) && isFile) return true;
    strange.push(path);
    return false;
  };
  await extract({ file, cwd: folder, filter, strict: true }).catch((error: unknown) => {
    throw noBackup(error instanceof Error ? error.message : String(error));
  });
  if (strange.length > 0) throw noBackup(`it holds ${strange.slice(0, 3).join(", ")}`);
}

async function check(folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(join(folder, manifestName));
  if (manifest.files["portico.db"] === undefined) throw noBackup("it holds no database");
  for (const name of await readdir(folder)) {
    if (name === manifestName) continue;
    const listed = manifest.files[name as BackedUpFile];
    const hash = await hashFile(join(folder, name));
    if (listed?.sha256 !== hash) throw noBackup(`${name} is not what its manifest says`);
  }
  for (const name of Object.keys(manifest.files)) {
    if (!(await stat(join(folder, name)).catch(() => null))) throw noBackup(`${name} is missing`);
  }
  const problems = await problemsOfDb(join(folder, "portico.db"));
  if (problems.length > 0) throw noBackup(`its database is damaged: ${problems[0]}`);
  return manifest;
}

async function readManifest(path: string): Promise<BackupManifest> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  if (size === 0 || size > maxManifestBytes) throw noBackup("it has no manifest");
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    throw noBackup("its manifest cannot be read");
  }
}

/** Moves what stands there into a folder of its own; null when nothing does. */
async function setAside(dataDir: string, now: Date): Promise<string | null> {
  const names = [...backedUpFiles, "portico.db-wal", "portico.db-shm"];
  const there: string[] = [];
  for (const name of names) {
    if (await stat(join(dataDir, name)).catch(() => null)) there.push(name);
  }
  if (there.length === 0) return null;
  const kept = join(dataDir, `before-restore-${now.toISOString().replace(/[:.]/g, "-")}`);
  await mkdir(kept, { mode: 0o700 });
  for (const name of there) await rename(join(dataDir, name), join(kept, name));
  return kept;
}

function noBackup(reason: string): AppError {
  return new AppError({ code: "input.invalid", message: `This is no whole backup: ${reason}` });
}
