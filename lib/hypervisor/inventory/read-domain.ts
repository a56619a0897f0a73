import { createHash } from "node:crypto";
import type { Connection } from "@/lib/libvirt";
import { bootIdOf } from "../boot-id";
import { isAbsent } from "../errors";
import { restDiffers } from "../xml/definition/pending";
import { type ParsedDomain, parseDomain } from "../xml/parse-domain";
import { parseXml } from "../xml/tree";
import { hasSavedMemory } from "./saved";
import { readSnapshots, type SnapshotsReading, snapshotKey } from "./snapshots";
import { type MappedState, mapState, STARTING_UP } from "./state";

/** virDomainXMLFlags. */
export const XML_INACTIVE = 2;
const options = { deadlineMs: 8_000 };

export interface DomainRef {
  name: string;
  uuid: string;
  id: number;
}

/** A definition with a digest of its text: the same text is not parsed again at every sweep. */
export interface Reading extends ParsedDomain {
  digest: string;
}

/** One domain as libvirt has it: state, the definition that runs and the one of the next boot. */
export interface DomainFacts extends MappedState {
  ref: DomainRef;
  /** Null when it is not running. */
  live: Reading | null;
  next: Reading;
  /** Whether they differ in more than sizes. */
  differs: boolean;
  persistent: boolean;
  autostart: boolean;
  /** Whether its next start goes on from saved memory. */
  saved: boolean;
  bootId: string | null;
  snapshots: SnapshotsReading;
}

/** What libvirt calls the domain now; null when there is none of that UUID. */
export async function lookUp(connection: Connection, uuid: string): Promise<DomainRef | null> {
  try {
    return (await connection.call("domainLookupByUuid", { uuid }, options)).dom;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/**
 * Reads a domain with a deadline of its own, so that one that is locked holds up no other.
 * Null when it is not there any more; rejects with a LibvirtError otherwise. `before` is what was
 * read last.
 */
export async function readDomain(
  connection: Connection,
  dom: DomainRef,
  socketsAreLocal: boolean,
  before?: DomainFacts,
): Promise<DomainFacts | null> {
  const runs = dom.id >= 0;
  try {
    const [{ state, reason }, { persistent }, { autostart }, current, inactive, saved, snapshots] =
      await Promise.all([
        connection.call("domainGetState", { dom, flags: 0 }, options),
        connection.call("domainIsPersistent", { dom }, options),
        connection.call("domainGetAutostart", { dom }, options),
        runs ? connection.call("domainGetXmlDesc", { dom, flags: 0 }, options) : null,
        connection.call("domainGetXmlDesc", { dom, flags: XML_INACTIVE }, options),
        hasSavedMemory(connection, dom),
        readSnapshots(connection, dom, before?.snapshots),
      ]);
    const next = reading(inactive.xml, before?.next);
    const parsed = current && reading(current.xml, before?.live);
    // Stopped between two of the calls: then it is the definition of the next boot.
    const live = parsed?.id == null ? null : parsed;
    const mapped = mapState(state, reason, saved);
    // QEMU makes its sockets while it is being prepared: before that there is no boot to name.
    const started = live !== null && mapped.stateReason !== STARTING_UP;
    return {
      ref: { ...dom, id: live?.id ?? -1 },
      ...mapped,
      live,
      next,
      differs:
        live !== null && current !== null && differ(current.xml, inactive.xml, before, live, next),
      persistent: persistent !== 0,
      autostart: autostart !== 0,
      saved,
      bootId: started ? await bootOf(live, socketsAreLocal) : null,
      snapshots,
    };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/**
 * Whether libvirt's definitions of a domain, the names of its snapshots, whether it starts with its
 * host or whether its memory is saved, differ from what was read last. False for one that is gone:
 * that has an event. Rejects with a LibvirtError.
 */
export async function isRedefined(connection: Connection, facts: DomainFacts): Promise<boolean> {
  const { ref: dom, live, next, snapshots } = facts;
  const differs = async (flags: number, before: Reading) => {
    const { xml } = await connection.call("domainGetXmlDesc", { dom, flags }, options);
    return digestOf(xml) !== before.digest;
  };
  try {
    const found = await Promise.all([
      differs(XML_INACTIVE, next),
      live === null ? false : differs(0, live),
      snapshotKey(connection, dom).then((key) => key !== snapshots.key),
      connection
        .call("domainGetAutostart", { dom }, options)
        .then(({ autostart }) => (autostart !== 0) !== facts.autostart),
      hasSavedMemory(connection, dom).then((saved) => saved !== facts.saved),
    ]);
    return found.includes(true);
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

function digestOf(xml: string): string {
  return createHash("sha1").update(xml).digest("base64");
}

/** Parsed only where one of the two is not the text that was read last. */
function differ(
  liveXml: string,
  nextXml: string,
  before: DomainFacts | undefined,
  live: Reading,
  next: Reading,
): boolean {
  const known = before?.live?.digest === live.digest && before.next.digest === next.digest;
  return known ? before.differs : restDiffers(parseXml(liveXml), parseXml(nextXml));
}

function reading(xml: string, before: Reading | null | undefined): Reading {
  const digest = digestOf(xml);
  return before?.digest === digest ? before : { ...parseDomain(xml), digest };
}

async function bootOf(live: ParsedDomain, socketsAreLocal: boolean): Promise<string | null> {
  if (live.id === null) return null;
  const socket = live.consoles.find((each) => each.socketPath !== null)?.socketPath ?? null;
  return bootIdOf(live.uuid, live.id, socketsAreLocal ? socket : null);
}
