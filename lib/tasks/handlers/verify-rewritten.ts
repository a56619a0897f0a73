import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { readVolumeFacts, type VolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { volumeReader } from "@/lib/hypervisor/volume/volume-reader";
import { AppError } from "@/lib/model/errors";
import { sameSamples } from "@/lib/model/volume/compare-samples";
import { type GuestView, guestView } from "@/lib/model/volume/guest-view";
import { headBytes, readQcow2Header } from "@/lib/model/volume/qcow2-header";
import type { DiskRewriteTask } from "../definitions/disk-rewrite";

/** A file and the one written after it; `before` is how the first was when that began. */
type Rewritten = Pick<
  DiskRewriteTask,
  "uuid" | "pool" | "from" | "to" | "capacityBytes" | "before"
>;

/**
 * That the new file can stand for the old one: nothing was written to that meanwhile, and this one
 * is readable, of that size and format, whole by itself, and the same at samples. Returns what is
 * known of it. Throws `conflict.rule` when it is not so.
 */
export async function verifyRewritten(
  host: Host,
  live: LiveVm,
  input: Rewritten,
): Promise<VolumeFacts> {
  const { uuid, pool, from, to, capacityBytes, before } = input;
  const source = await readVolumeFacts(host, { pool, volume: from.volume, path: null });
  const untouched = before !== null && source.changedAt === before.changedAt;
  if (live.bootId !== null || !untouched) throw refusal(uuid, "volume.changed");
  const made = await readVolumeFacts(host, { pool, volume: to.volume, path: null });
  const views = await Promise.all([viewOf(host, input, from), viewOf(host, input, to)]);
  const isSame =
    made.capacityBytes === capacityBytes &&
    made.backing === null &&
    // A raw file has holes, but always its whole length.
    (to.format !== "raw" || made.physicalBytes === capacityBytes) &&
    views[0] !== null &&
    views[1] !== null &&
    (await sameSamples(views[0], views[1]));
  if (!isSame) throw refusal(uuid, "volume.not_verified");
  return made;
}

/** Null for a file that is not sound. */
async function viewOf(
  host: Host,
  { pool, capacityBytes }: Rewritten,
  { volume, format }: Rewritten["from"],
): Promise<GuestView | null> {
  const read = await volumeReader(host, { pool, volume, path: null });
  const head = await read(0, headBytes);
  if (format === "qcow2" && readQcow2Header(head)?.corrupt !== false) return null;
  return guestView(format, capacityBytes, head, read);
}

function refusal(uuid: string, key: string): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `a disk of ${uuid} was rewritten in vain: ${key}`,
    userMessage: { key },
  });
}
