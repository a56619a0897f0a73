import { readdir, readlink, realpath } from "node:fs/promises";

/**
 * Pids of other processes that have this file open, as far as /proc shows them to us: root sees
 * all, others see their own.
 */
export async function openElsewhere(file: string): Promise<number[]> {
  const target = await realpath(file).catch(() => null);
  if (target === null) return [];
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: number[] = [];
  for (const pid of pids) {
    if (pid !== process.pid && (await hasOpen(pid, target))) found.push(pid);
  }
  return found;
}

async function hasOpen(pid: number, target: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  // A process may end, or be somebody else's, while we look.
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if ((await readlink(`${folder}/${name}`).catch(() => "")) === target) return true;
  }
  return false;
}
