/** Linux counts a process's time in these for every program, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;

/** What is used of /proc/PID/stat (proc(5)). */
export interface ProcStat {
  cpuUserSeconds: number;
  cpuSystemSeconds: number;
  /** Since the machine's boot. */
  startedAfterSeconds: number;
}

/** Reads /proc/PID/stat. The name in it may hold spaces and brackets: what counts is behind it. */
export function parseStat(text: string): ProcStat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  // The first of them is the third of proc(5).
  const seconds = (field: number) => Number(fields[field - 3] ?? 0) / TICKS_PER_SECOND;
  return {
    cpuUserSeconds: seconds(14),
    cpuSystemSeconds: seconds(15),
    startedAfterSeconds: seconds(22),
  };
}

/** A line of /proc/PID/status by its name; null without it. */
export function statusLine(text: string, name: string): string | null {
  const line = text.split("\n").find((each) => each.startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
}

/** "123 kB" of /proc/PID/status in KiB; 0 without the line. */
export function statusKib(text: string, name: string): number {
  return Number.parseInt(statusLine(text, name) ?? "0", 10);
}

/** When the machine was started, in seconds since 1970, from /proc/stat. */
export function parseBootTime(text: string): number {
  return Number(/^btime (\d+)$/m.exec(text)?.[1] ?? 0);
}

/** The cgroup from /proc/PID/cgroup: that of version 2, else the first that is not the root. */
export function parseCgroup(text: string): string | null {
  const lines = text.split("\n").filter((line) => line !== "");
  const paths = lines.map((line) => ({
    unified: line.startsWith("0::"),
    path: line.split(":").slice(2).join(":"),
  }));
  const named = paths.filter(({ path }) => path !== "/");
  return (named.find(({ unified }) => unified) ?? named[0])?.path ?? null;
}

/** The words of /proc/PID/cmdline. */
export function parseCommand(text: string): string[] {
  return text.replace(/\0$/, "").split("\0");
}
