import { basename, dirname, join } from "node:path";
import type { Host } from "@/lib/hypervisor/types";
import { variablesFileOf } from "@/lib/hypervisor/vm/variables-file";
import { awaitBuilt } from "@/lib/hypervisor/volume/await-built";
import { rewriteVolume } from "@/lib/hypervisor/volume/rewrite-volume";
import { withFolder } from "@/lib/hypervisor/volume/with-folder";
import { deleteVolume, readVolume } from "@/lib/hypervisor/volumes";
import { firmwareStateOf, withVariables } from "@/lib/hypervisor/xml/firmware-state";
import type { BackupLack } from "@/lib/model/backup";
import { isAppError, notFound } from "@/lib/model/errors";
import type { BackupCreateTask } from "../definitions/backup-create";
import type { RestoredVariables } from "../definitions/backup-restore";
import type { StepContext } from "./handler";

/** File of the UEFI variables, beside the definition's. */
export function variablesFile({
  definitionFile,
}: Pick<BackupCreateTask, "definitionFile">): string {
  return definitionFile.replace(/\.xml$/, "-vars.fd");
}

/**
 * Copies the UEFI variables into the pool of backups, and writes down what a backup has not. A host
 * that does not let libvirt read them is no reason to have no backup. Returns the definition that
 * belongs to it: it says where copied variables were.
 */
export async function saveVariables(
  context: StepContext,
  host: Host,
  input: BackupCreateTask,
  xml: string,
): Promise<string> {
  const { db, log, signal } = context;
  const { backupId, uuid } = input;
  const lacks: BackupLack[] = firmwareStateOf(xml, null).tpm ? ["tpm"] : [];
  let saved: string | null = null;
  try {
    const runs = Boolean((await host.inventory.refresh(uuid))?.bootId);
    const { keeps, path, sure } = await variablesFileOf(host, { uuid, runs, next: xml });
    if (path !== null && (await copyOut(context, host, input, path))) saved = path;
    // One that was never started has none yet.
    else if (keeps && (path === null || runs || sure)) lacks.push("nvram");
  } catch (error) {
    if (!isAppError(error) || signal.aborted) throw error;
    log.warn({ err: error, backupId }, "UEFI variables are not in a backup");
    lacks.push("nvram");
  }
  await db.backup.update({ where: { id: backupId }, data: { lacks: JSON.stringify(lacks) } });
  return saved === null ? xml : withVariables(xml, saved);
}

/** False when there is no such file. */
async function copyOut(
  { db, signal }: StepContext,
  host: Host,
  input: BackupCreateTask,
  path: string,
): Promise<boolean> {
  const { backupId, pool } = input;
  const volume = variablesFile(input);
  const isThere = await withFolder(host, dirname(path), async (folder) => {
    const found = await readVolume(host, folder, basename(path));
    if (found === null) return false;
    await deleteVolume(host, pool, volume);
    const spec = {
      from: { pool: folder, volume: basename(path), path: null },
      to: { pool, volume, format: "raw" as const },
      capacityBytes: found.capacityBytes,
    };
    await rewriteVolume(host, spec, signal, () => undefined);
    return true;
  });
  if (!isThere) return false;
  const row = { backupId, kind: "nvram", volume };
  await db.backupFile.upsert({
    where: { backupId_kind: { backupId, kind: "nvram" } },
    create: { ...row, id: `${backupId}-nvram` },
    update: row,
  });
  return true;
}

/** Writes a backup's UEFI variables to where a VM's definition is to look for them. */
export async function writeVariables(
  context: StepContext,
  host: Host,
  variables: RestoredVariables,
): Promise<void> {
  const { from, folder, name } = variables;
  const found = await readVolume(host, from.pool, from.volume);
  if (found === null) throw notFound(`variables ${from.volume}`);
  await withFolder(host, folder, async (pool) => {
    await deleteVolume(host, pool, name);
    const to = { pool, volume: name, format: "raw" as const };
    const spec = { from: { ...from, path: null }, to, capacityBytes: found.capacityBytes };
    await rewriteVolume(host, spec, context.signal, () => undefined);
  });
}

/** Removes what `writeVariables` wrote, whole or not. */
export async function removeVariables(
  host: Host,
  { folder, name }: Pick<RestoredVariables, "folder" | "name">,
): Promise<void> {
  await withFolder(host, folder, async (pool) => {
    await awaitBuilt(host, pool, name);
    await deleteVolume(host, pool, name);
  });
}

/** The definition with its UEFI variables where a backup's were written; without them as it was. */
export function inVariables(xml: string, variables: RestoredVariables | null): string {
  return variables === null ? xml : withVariables(xml, join(variables.folder, variables.name));
}
