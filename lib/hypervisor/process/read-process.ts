import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/lib/model/errors";
import type { ProcessView, ThreadView } from "@/lib/model/process/process";
import { linkOf } from "../link";
import type { Host } from "../types";
import { findProcess } from "./find-process";
import { parseBootTime, parseCgroup, parseStat, statusKib, statusLine } from "./proc-file";

/** A guest of very many vCPUs has not that many threads, and a page shows no more. */
const MAX_THREADS = 512;
const MAX_FILES = 200;

export type ReadProcess = Omit<ProcessView, "vmId" | "commands">;

/**
 * The process of a running guest, read from this machine's `/proc` (proc(5)). Throws
 * `host.unsupported` for a host that is elsewhere, and `vm.bad_state` when there is no such
 * process, or it ends meanwhile.
 */
export async function readProcess(host: Host, uuid: string): Promise<ReadProcess> {
  const link = linkOf(host);
  if (!link.isLocal || link.mode === "test") {
    throw new AppError({
      code: "host.unsupported",
      message: "processes of another machine cannot be looked at",
      userMessage: { key: "process.elsewhere" },
    });
  }
  const found = await findProcess(uuid);
  if (found === null) throw gone(uuid);
  try {
    return await read(found.pid, found.command);
  } catch (cause) {
    throw gone(uuid, cause);
  }
}

function gone(uuid: string, cause?: unknown): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `no process of guest ${uuid}`,
    userMessage: { key: "process.none" },
    cause,
  });
}

async function read(pid: number, command: string[]): Promise<ReadProcess> {
  const file = (name: string) => readFile(join("/proc", String(pid), name), "utf8");
  const [stat, status, cgroup, machine, passwd] = await Promise.all([
    file("stat"),
    file("status"),
    file("cgroup"),
    readFile("/proc/stat", "utf8"),
    readFile("/etc/passwd", "utf8").catch(() => ""),
  ]);
  const { cpuUserSeconds, cpuSystemSeconds, startedAfterSeconds } = parseStat(stat);
  const uid = statusLine(status, "Uid")?.split(/\s+/)[0] ?? "";
  const account = passwd.split("\n").find((line) => line.split(":")[2] === uid);
  return {
    pid,
    command,
    user: account?.split(":")[0] ?? uid,
    startedAt: new Date(1000 * (parseBootTime(machine) + startedAfterSeconds)).toISOString(),
    residentKib: statusKib(status, "VmRSS"),
    peakResidentKib: statusKib(status, "VmHWM"),
    swappedKib: statusKib(status, "VmSwap"),
    cpuUserSeconds,
    cpuSystemSeconds,
    threadCount: Number(statusLine(status, "Threads") ?? 0),
    threads: await readThreads(pid),
    open: await readOpen(pid),
    cgroup: parseCgroup(cgroup),
  };
}

async function readThreads(pid: number): Promise<ThreadView[]> {
  const folder = join("/proc", String(pid), "task");
  const tids = (await readdir(folder)).map(Number).sort((a, b) => a - b);
  const threads = await Promise.all(
    tids.slice(0, MAX_THREADS).map(async (tid): Promise<ThreadView | null> => {
      const file = (name: string) => readFile(join(folder, String(tid), name), "utf8");
      try {
        const [comm, stat, status] = await Promise.all([
          file("comm"),
          file("stat"),
          file("status"),
        ]);
        const { cpuUserSeconds, cpuSystemSeconds } = parseStat(stat);
        return {
          tid,
          name: comm.trimEnd(),
          cpuSeconds: cpuUserSeconds + cpuSystemSeconds,
          allowedCpus: statusLine(status, "Cpus_allowed_list") ?? "",
        };
      } catch {
        // It ended meanwhile: workers come and go.
        return null;
      }
    }),
  );
  return threads.filter((each) => each !== null);
}

/** Null where this account may not: only root and the owner of a process see its open files. */
async function readOpen(pid: number): Promise<ProcessView["open"]> {
  const folder = join("/proc", String(pid), "fd");
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  const targets = await Promise.all(
    names.map((name) => readlink(join(folder, name)).catch(() => "")),
  );
  const files = targets.filter((each) => each.startsWith("/"));
  return {
    total: names.length,
    sockets: targets.filter((each) => each.startsWith("socket:")).length,
    files: [...new Set(files)].sort().slice(0, MAX_FILES),
  };
}
