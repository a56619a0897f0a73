import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { promisify } from "node:util";
import type { Rights } from "./check-rights";
import { plainEnv } from "./plain-env";

const run = promisify(execFile);

/** A file's text, "" when it cannot be read. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** What a program prints on standard output; null when it cannot be run or fails. */
export async function outputOf(program: string, args: string[]): Promise<string | null> {
  try {
    return (await run(program, args, { env: plainEnv, timeout: 10_000 })).stdout;
  } catch {
    return null;
  }
}

/** Permission bits and owner, null when the path cannot be looked at. */
export function rightsOf(path: string): Rights | null {
  try {
    const { mode, uid } = statSync(path);
    return { mode: mode & 0o777, uid };
  } catch {
    return null;
  }
}

/** Bytes that an ordinary user may still write under a path; null when it does not exist. */
export async function availableBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Whether the DHCP server of the NAT network is installed, and runs. */
export function dnsmasqOf(network: string): { installed: boolean; runs: boolean } {
  const installed = ["/usr/sbin/dnsmasq", "/usr/bin/dnsmasq"].some((path) => existsSync(path));
  const pid = textOf(`/run/libvirt/network/${network}.pid`).trim();
  // Without a readable pid file nothing can be said against it.
  return { installed, runs: pid === "" || existsSync(`/proc/${pid}`) };
}

/** Name of an account, or its number when it has none. */
export function nameOf(uid: number): string {
  const line = textOf("/etc/passwd")
    .split("\n")
    .find((entry) => entry.split(":")[2] === String(uid));
  return line?.split(":")[0] ?? String(uid);
}

/** Number of an account, null when there is none of that name. */
export function uidOf(name: string): number | null {
  const line = textOf("/etc/passwd")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const uid = line?.split(":")[2];
  return uid === undefined ? null : Number(uid);
}
