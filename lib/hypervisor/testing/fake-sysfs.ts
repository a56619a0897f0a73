import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FakeSysfs {
  dir: string;
  /** The file of its one disk's scheduler. */
  scheduler: string;
  remove(): Promise<void>;
}

/** A sysfs with one disk, "sdfake", for `PORTICO_SYSFS`: no test writes this machine's queues. */
export async function fakeSysfs(): Promise<FakeSysfs> {
  const dir = await mkdtemp(join(tmpdir(), "portico-sys-"));
  const queue = join(dir, "block/sdfake/queue");
  await mkdir(queue, { recursive: true });
  const scheduler = join(queue, "scheduler");
  await writeFile(scheduler, "[none] mq-deadline\n");
  return { dir, scheduler, remove: () => rm(dir, { recursive: true }) };
}
