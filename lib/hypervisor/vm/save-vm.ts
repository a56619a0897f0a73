import { setTimeout as rest } from "node:timers/promises";
import { isAppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { domainRefOf, modify } from "./modify";
import { startVm } from "./start-vm";

/** The guest's whole memory is written: it takes as long as it takes. */
const SAVE_DEADLINE_MS = 30 * 60_000;
const LOOK_EVERY_MS = 400;

/** virDomainJobType. */
const jobTypes = { bounded: 1, unbounded: 2 } as const;

export interface SaveOptions {
  /** Leaves the call; libvirt goes on with the work (see `unsaveVm`). */
  signal: AbortSignal;
  /** 0..100. */
  progress(percent: number): void;
}

/**
 * Writes a guest's memory into a file of libvirt's and stops it; its next start goes on there.
 * Rejects with `host.refused`, and the guest runs on, when libvirt cannot save it: in libvirt's
 * words. One that is saved already is left as it is.
 */
export async function saveVm(host: Host, uuid: string, options: SaveOptions): Promise<LiveVm> {
  const { signal, progress } = options;
  const link = linkOf(host);
  return modify(
    host,
    uuid,
    async (dom) => {
      const ended = new AbortController();
      const saving = link
        .call("domainManagedSave", { dom, flags: 0 }, { signal, deadlineMs: SAVE_DEADLINE_MS })
        .finally(() => ended.abort());
      await Promise.all([saving, follow(host, uuid, ended.signal, progress)]);
    },
    { goal: ["saved"] },
  );
}

/** Tells how far it is, until the end. That it cannot be told is no failure of the work itself. */
async function follow(
  host: Host,
  uuid: string,
  ended: AbortSignal,
  progress: (percent: number) => void,
): Promise<void> {
  while (!ended.aborted) {
    const job = await jobOf(host, uuid).catch(() => null);
    if (job !== null && job.dataTotal > 0n) {
      progress(Number((100n * job.dataProcessed) / job.dataTotal));
    }
    await rest(LOOK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined);
  }
}

/**
 * Has a guest go on whose memory is being written or was: ends libvirt's work, or starts it from
 * what was saved. One that runs is left as it is.
 */
export async function unsaveVm(host: Host, uuid: string): Promise<void> {
  while ((await jobOf(host, uuid)) !== null) {
    const dom = await domainRefOf(host, uuid);
    await linkOf(host).call("domainAbortJob", { dom }).catch(unlessOver);
    await rest(LOOK_EVERY_MS);
  }
  const vm = await host.inventory.refresh(uuid);
  if (vm?.state === "saved") await startVm(host, uuid);
}

/** What libvirt works on with a guest; null when nothing, or when it is off. */
async function jobOf(host: Host, uuid: string) {
  try {
    const dom = await domainRefOf(host, uuid);
    const job = await linkOf(host).call("domainGetJobInfo", { dom });
    return job.type === jobTypes.bounded || job.type === jobTypes.unbounded ? job : null;
  } catch (error) {
    unlessOver(error);
    return null;
  }
}

/** The work may come to its own end at any moment. */
function unlessOver(error: unknown): void {
  if (!isAppError(error, "vm.bad_state")) throw error;
}
