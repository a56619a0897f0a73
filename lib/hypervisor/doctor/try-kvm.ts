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
  /** How long QEMU may take to start. */
  startMs?: number;
  /** How long the guest's firmware may then take to look for a disk. */
  firmwareMs?: number;
}

/**
 * Tries KVM instead of believing in it: starts a guest without disks with `-accel kvm` as the user
 * that QEMU will run as, and listens to its firmware until that finds nothing to boot from. A
 * device node, CPU flags and libvirt's capabilities can all be there while this fails; there are
 * also KVMs that run, but many times slower than emulation. Never rejects.
 */
export async function tryKvm(options: KvmTryOptions): Promise<KvmTry> {
  const device = options.device ?? "/dev/kvm";
  if (!existsSync(/* turbopackIgnore: true */ device))
    return { result: "no_device", detail: `${device} does not exist` };
  const argv = [
    ...asUserArgv(options.asUser),
    options.qemu ?? "qemu-system-x86_64",
    ...["-no-user-config", "-nodefaults", "-machine", "q35", "-accel", "kvm", "-cpu", "host"],
    ...["-m", "64", "-display", "none"],
    // Where SeaBIOS says what it does.
    ...["-debugcon", "stdio", "-global", "isa-debugcon.iobase=0x402"],
  ];
  // A KVM that works needs a tenth of a second for the firmware, and emulation half of one.
  const { startMs = 10_000, firmwareMs = 4_000 } = options;
  const complaint = await untilFirmwareIsDone(argv, startMs, firmwareMs);
  if (complaint === null) return { result: "works", detail: "" };
  const denied = /permission denied/i.test(complaint) && /kvm/i.test(complaint);
  return {
    result: denied ? "no_permission" : "probe_failed",
    detail: complaint.trim().slice(0, 500),
  };
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

/** Null when the firmware came to its end in time; else what QEMU, or we, have to say. */
function untilFirmwareIsDone(
  argv: string[],
  startMs: number,
  firmwareMs: number,
): Promise<string | null> {
  return new Promise((done) => {
    const [program = "", ...rest] = argv;
    const qemu = spawn(/* turbopackIgnore: true */ program, rest, {
      cwd: "/",
      env: plainEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let complaint = "";
    let verdict: string | null | undefined;
    const end = (answer: string | null) => {
      verdict ??= answer;
      qemu.kill("SIGKILL");
    };
    let timer = setTimeout(() => end(`QEMU said nothing for ${startMs} ms`), startMs);
    let speaks = false;
    createInterface({ input: qemu.stdout }).on("line", (line) => {
      if (!speaks) {
        speaks = true;
        clearTimeout(timer);
        const slow = `the firmware of a guest was not ready after ${firmwareMs} ms: slower than emulation`;
        timer = setTimeout(() => end(slow), firmwareMs);
      }
      if (/Booting from|No bootable device/.test(line)) end(null);
    });
    qemu.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    qemu.on("error", (error) => {
      complaint += error.message;
    });
    qemu.on("close", () => {
      clearTimeout(timer);
      if (verdict === null) done(null);
      else done(complaint || verdict || "QEMU ended");
    });
  });
}
