import { readdirSync, readFileSync } from "node:fs";

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process or thread ended between the listing and the reading.
    return "";
  }
}

/** A process and all that descend from it, as they are now. */
function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // The command's name, in brackets, may hold anything: count from its end.
    const stat = read(`/proc/${name}/stat`);
    const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found = new Set([pid]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [child, parent] of parents) {
      if (!found.has(parent) || found.has(child)) continue;
      found.add(child);
      grew = true;
    }
  }
  return [...found];
}

/**
 * CPU seconds that a process, its threads and its children have used. From schedstat, in
 * nanoseconds: the 10 ms ticks of `stat` would be too coarse for a hundred processes.
 */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const each of family(pid)) {
    for (const thread of threads(each)) {
      nanoseconds += Number(read(`/proc/${each}/task/${thread}/schedstat`).split(" ")[0] || 0);
    }
  }
  return nanoseconds / 1e9;
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Memory of a process and its children in KiB; what they share is counted once. */
export function memoryKib(pid: number): number {
  return family(pid).reduce((sum, each) => {
    const pss = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${each}/smaps_rollup`));
    return sum + Number(pss?.[1] ?? 0);
  }, 0);
}
