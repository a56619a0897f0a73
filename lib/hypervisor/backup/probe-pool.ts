import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { AppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host } from "../types";
import { deleteVolume, uploadVolume } from "../volumes";
import { parsePool } from "../xml/volume";

/** Pools that are folders: their own, a mounted disk's, a mounted share's. */
const folders = ["dir", "fs", "netfs"];
const refreshing = { deadlineMs: 60_000 };

/**
 * Shows that backups can be written to a pool: it is a folder, and libvirt writes a file there and
 * removes it again. Throws `conflict.rule` for a pool of another kind, and `host.refused` with
 * libvirt's reason.
 */
export async function probePool(host: Host, name: string): Promise<void> {
  const link = linkOf(host);
  const { pool } = await link.call("storagePoolLookupByName", { name });
  const { type } = parsePool((await link.call("storagePoolGetXmlDesc", { pool, flags: 0 })).xml);
  if (!folders.includes(type)) {
    throw new AppError({
      code: "conflict.rule",
      message: `pool ${name} is of the kind ${type}`,
      userMessage: { key: "backup_pool.no_folder", values: { pool: name } },
    });
  }
  // What lies there already is found, and its free space is that of now.
  await link.call("storagePoolRefresh", { pool, flags: 0 }, refreshing);
  const file = `portico-probe-${randomUUID()}`;
  const bytes = Buffer.alloc(512);
  const target = { pool: name, name: file, sizeBytes: bytes.length };
  await uploadVolume(host, target, Readable.from([bytes]), () => undefined);
  await deleteVolume(host, name, file);
}
