import { createHash } from "node:crypto";
import type { Connection } from "@/lib/libvirt";
import { isAbsent, isUnsupported } from "../errors";
import { type ParsedSnapshot, parseSnapshot } from "../xml/parse-snapshot";
import type { DomainRef } from "./read-domain";

const options = { deadlineMs: 8_000 };
const needResults = 1;

/** One snapshot with a digest of its text: the same text is not parsed again. */
export interface SnapshotReading extends ParsedSnapshot {
  digest: string;
  /** What the files of an external one take; null where that is not known. */
  sizeBytes: number | null;
}

export interface SnapshotsReading {
  /** Names and which is the current one: what is compared in rounds. */
  key: string;
  current: string | null;
  all: SnapshotReading[];
}

export const noSnapshots: SnapshotsReading = { key: "", current: null, all: [] };

/** Names and the current one, in one string; empty without snapshots. Rejects with a LibvirtError. */
export async function snapshotKey(connection: Connection, dom: DomainRef): Promise<string> {
  return (await look(connection, dom)).key;
}

/** All snapshots of a domain. What vanishes meanwhile is left out; rejects with a LibvirtError. */
export async function readSnapshots(
  connection: Connection,
  dom: DomainRef,
  before: SnapshotsReading = noSnapshots,
): Promise<SnapshotsReading> {
  const { key, current, refs } = await look(connection, dom);
  const read = await Promise.all(
    refs.map(async (snap) => {
      try {
        const { xml } = await connection.call(
          "domainSnapshotGetXmlDesc",
          { snap, flags: 0 },
          options,
        );
        return await reading(connection, xml, before);
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    }),
  );
  const all = read.filter((each) => each !== null);
  return {
    key,
    current,
    all: all.sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1)),
  };
}

const order = ({ createdAt }: SnapshotReading) => Date.parse(createdAt);

async function look(connection: Connection, dom: DomainRef) {
  try {
    const { snapshots: refs } = await connection.call(
      "domainListAllSnapshots",
      { dom, needResults, flags: 0 },
      options,
    );
    if (refs.length === 0) return { key: "", current: null, refs };
    const current = await currentOf(connection, dom);
    const names = refs.map((each) => each.name).sort();
    return { key: JSON.stringify([current, ...names]), current, refs };
  } catch (error) {
    if (isUnsupported(error)) return { key: "", current: null, refs: [] };
    throw error;
  }
}

async function currentOf(connection: Connection, dom: DomainRef): Promise<string | null> {
  try {
    return (await connection.call("domainSnapshotCurrent", { dom, flags: 0 }, options)).snap.name;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function reading(
  connection: Connection,
  xml: string,
  before: SnapshotsReading,
): Promise<SnapshotReading> {
  const digest = createHash("sha1").update(xml).digest("base64");
  const same = before.all.find((each) => each.digest === digest);
  if (same !== undefined && (same.storage !== "external" || same.sizeBytes !== null)) return same;
  const parsed = same ?? { ...parseSnapshot(xml), digest };
  return { ...parsed, sizeBytes: await sizeOf(connection, parsed) };
}

/** The files below those that are used now do not change any more; null while one is not known. */
async function sizeOf(connection: Connection, snapshot: ParsedSnapshot): Promise<number | null> {
  if (snapshot.storage !== "external") return null;
  let total = 0;
  for (const { pool: poolName, volume, path } of snapshot.disks) {
    try {
      let vol = null;
      if (poolName !== null && volume !== null) {
        const { pool } = await connection.call(
          "storagePoolLookupByName",
          { name: poolName },
          options,
        );
        vol = (await connection.call("storageVolLookupByName", { pool, name: volume }, options))
          .vol;
      } else if (path !== null) {
        vol = (await connection.call("storageVolLookupByPath", { path }, options)).vol;
      }
      if (vol === null) return null;
      const { allocation } = await connection.call("storageVolGetInfo", { vol }, options);
      total += Number(allocation);
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }
  return total;
}
