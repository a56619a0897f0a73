import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCommand } from "./proc-file";

/**
 * The process of a guest by the UUID that libvirt starts it with, and its command line; null when
 * there is none. Looks through `/proc`, which everybody may: libvirt's own file of the number is
 * for root alone.
 */
export async function findProcess(
  uuid: string,
  proc = "/proc",
): Promise<{ pid: number; command: string[] } | null> {
  const pids = (await readdir(proc)).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const command = parseCommand(
      await readFile(join(proc, pid, "cmdline"), "utf8").catch(() => ""),
    );
    const at = command.indexOf("-uuid");
    const isQemu = command[0]?.includes("qemu") === true;
    if (isQemu && at > 0 && command[at + 1] === uuid) return { pid: Number(pid), command };
  }
  return null;
}
