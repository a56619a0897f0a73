import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, notFound } from "@/lib/model/errors";
import type { QueueView } from "@/lib/model/tuning";

/** Devices that are no disks: their requests go on to others. */
const noDisk = /^(loop|ram|zram|dm-|md|sr|fd)\d*/;

/** The disks of this machine with the schedulers of their queues. `sys` is where sysfs lies. */
export async function readQueues(sys: string): Promise<QueueView[]> {
  const names = await readdir(join(sys, "block")).catch(() => []);
  const views = await Promise.all(
    names.filter((name) => !noDisk.test(name)).map((name) => readQueue(sys, name)),
  );
  return views
    .filter((view) => view !== null)
    .sort((left, right) => left.disk.localeCompare(right.disk));
}

async function readQueue(sys: string, disk: string): Promise<QueueView | null> {
  const words = (await read(fileOf(sys, disk))).split(/\s+/).filter((word) => word !== "");
  const chosen = words.find((word) => word.startsWith("["));
  if (chosen === undefined) return null;
  const choices = words.map((word) => word.replace(/[[\]]/g, ""));
  return { disk, scheduler: chosen.slice(1, -1), choices };
}

/**
 * Gives the queue of a disk another scheduler, until this machine starts anew. Throws `not_found`
 * without the disk, `input.invalid` for one that its kernel does not have, and `host.refused` when
 * the portal's account may not.
 */
export async function setScheduler(sys: string, disk: string, scheduler: string): Promise<void> {
  const queue = (await readQueues(sys)).find((each) => each.disk === disk);
  if (queue === undefined) throw notFound(`disk ${disk}`);
  if (!queue.choices.includes(scheduler)) {
    throw new AppError({
      code: "input.invalid",
      message: `no scheduler ${scheduler}`,
      userMessage: { key: "tuning.no_scheduler", values: { choices: queue.choices.join(", ") } },
    });
  }
  try {
    await writeFile(fileOf(sys, disk), scheduler);
  } catch (cause) {
    throw new AppError({
      code: "host.refused",
      message: `the scheduler of ${disk} cannot be written`,
      userMessage: { key: "tuning.may_not", values: { disk, scheduler } },
      cause,
    });
  }
}

/** "always", "madvise" or "never"; null where the kernel has no such thing. */
export async function readTransparent(sys: string): Promise<string | null> {
  const text = await read(join(sys, "kernel/mm/transparent_hugepage/enabled"));
  return /\[(\w+)\]/.exec(text)?.[1] ?? null;
}

function fileOf(sys: string, disk: string): string {
  return join(sys, "block", disk, "queue", "scheduler");
}

function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
