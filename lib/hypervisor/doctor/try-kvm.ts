import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { plainEnv } from "./plain-env";

export interface KvmTry {
  result: "works" | "no_device" | "no_permission" | "probe_failed";
  /** QEMU's own words, "" when it works. */
  detail: string;
}

export interface KvmTryOptions {
  /** Try as this account (needs root); null: as ourselves. Session guests run as ourselves. */
  asUser: string | null;
  device?: string;
  qemu?: string;
  timeoutMs?: number;
}

/** Long enough for the first instructions of the firmware, where broken KVMs give up. */
const runMs = 150;

/**
 * Tries KVM instead of believing in it: starts an empty guest with `-accel kvm` as the user that
 * QEMU will run as, lets its CPU run for a moment and asks for its state. A device node, CPU flags
 * and libvirt's capabilities can all be there while this fails. Never rejects.
 */
export async function tryKvm(options: KvmTryOptions): Promise<KvmTry> {
  const device = options.device ?? "/dev/kvm";
  if (!existsSync(/* turbopackIgnore: true */ device))
    return { result: "no_device", detail: `${device} does not exist` };
  const argv = [
    ...asUserArgv(options.asUser),
    options.qemu ?? "qemu-system-x86_64",
    ...["-no-user-config", "-nodefaults", "-machine", "q35", "-accel", "kvm", "-cpu", "host"],
    ...["-m", "64", "-display", "none", "-S", "-qmp", "stdio"],
  ];
  const ended = await converse(argv, options.timeoutMs ?? 10_000);
  if (ended.status === "running") return { result: "works", detail: "" };
  const detail = (ended.complaint || `the guest's state was "${ended.status}"`).trim();
  const denied = /permission denied/i.test(detail) && /kvm/i.test(detail);
  return { result: denied ? "no_permission" : "probe_failed", detail: detail.slice(0, 500) };
}

/** With init-groups, because membership of group kvm is what usually opens the device. */
function asUserArgv(user: string | null): string[] {
  if (user === null || process.getuid?.() !== 0) return [];
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((candidate) => candidate.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) return [];
  return ["setpriv", "--reuid", uid, "--regid", gid, "--init-groups", "--"];
}

/** Speaks QMP over the program's standard streams: run, look, quit. */
function converse(
  argv: string[],
  timeoutMs: number,
): Promise<{ status: string; complaint: string }> {
  return new Promise((done) => {
    const [program = "", ...rest] = argv;
    const qemu = spawn(/* turbopackIgnore: true */ program, rest, {
      cwd: "/",
      env: plainEnv,
      stdio: ["pipe", "pipe", "pipe"],
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    let status = "no answer";
    let complaint = "";
    const send = (execute: string) => qemu.stdin.write(`${JSON.stringify({ execute })}\n`);
    qemu.stdin.on("error", () => undefined);
    qemu.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    qemu.on("error", (error) => done({ status, complaint: error.message }));
    qemu.on("close", () => done({ status, complaint }));
    createInterface({ input: qemu.stdout }).on("line", (line) => {
      const message = parse(line);
      if (message === null) return;
      if ("QMP" in message) {
        send("qmp_capabilities");
        send("cont");
        setTimeout(() => send("query-status"), runMs).unref();
      }
      const answer = message.return;
      if (typeof answer === "object" && answer !== null && "status" in answer) {
        status = String(answer.status);
        send("quit");
      }
    });
  });
}

function parse(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}
