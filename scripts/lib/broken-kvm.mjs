import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { loadTs } from "./load-ts.mjs";
import { findProgram, sha256 } from "./run.mjs";
import { groupOf } from "./setup.mjs";
import { readStamp, writeStamp } from "./sources.mjs";

/** What this process has found out, so that it tries once. */
const tried = { under: "", complaint: null };

/**
 * QEMU's complaint when /dev/kvm exists but does not work for the user that QEMU runs as; null
 * when KVM works or there is no such device, or while npm packages are not installed yet. A KVM
 * that has worked is believed until the next boot, or until its circumstances change
 * (`rememberKvm`): to try it takes a guest.
 * @param {{ qemuUser: string | null, dataDir: string }} setup
 * @param {{ device?: string, attempt?: typeof runGuest }} [how]
 * @returns {Promise<string | null>}
 */
export async function brokenKvm(setup, { device = "/dev/kvm", attempt = runGuest } = {}) {
  if (!existsSync(device)) return null;
  const under = circumstancesOfThisBoot(setup);
  if (tried.under === under) return tried.complaint;
  if (readStamp(memoryOf(setup)) === under) return null;
  try {
    const complaint = await attempt(setup);
    Object.assign(tried, { under, complaint });
    return complaint;
  } catch {
    return null;
  }
}

/** Runs a guest by KVM: null, or what QEMU says about it. */
async function runGuest(setup) {
  const { tryKvm } = await loadTs("lib/hypervisor/doctor/try-kvm.ts");
  const { result, detail } = await tryKvm({ asUser: setup.qemuUser });
  const bad = result === "no_permission" || result === "probe_failed";
  return bad ? detail.split("\n")[0] : null;
}

/**
 * Keeps for the next start that KVM works, when this process has seen it. One that does not work
 * is not kept: too busy a machine looks the same.
 * @param {{ qemuUser: string | null, dataDir: string }} setup
 */
export function rememberKvm(setup) {
  if (tried.under === "" || tried.complaint !== null) return;
  if (readStamp(memoryOf(setup)) !== tried.under) writeStamp(memoryOf(setup), tried.under);
}

const memoryOf = (setup) => join(setup.dataDir, "kvm-works");

function circumstancesOfThisBoot(setup) {
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${kvmCircumstances(setup)} ${boot}`;
}

/**
 * What the answer of `brokenKvm` rests on: kernel, processor, rights of the device, QEMU. While
 * this is the same nothing need be tried again, which takes seconds where KVM is slow.
 * @param {{ qemuUser: string | null }} setup
 * @returns {string} hexadecimal digits
 */
export function kvmCircumstances(setup) {
  const { mode, uid, gid } = statSync("/dev/kvm", { throwIfNoEntry: false }) ?? {};
  const qemu = findProgram("qemu-system-x86_64");
  const { size, mtimeMs } = (qemu && statSync(qemu)) || {};
  const flags = readFileSync("/proc/cpuinfo", "utf8").match(/\b(vmx|svm)\b/)?.[1];
  const members = groupOf(readFileSync("/etc/group", "utf8"), "kvm");
  const facts = [release(), flags, mode, uid, gid, members, setup.qemuUser, size, mtimeMs];
  return sha256(JSON.stringify(facts)).slice(0, 16);
}

/** The process id of the machine's own libvirtd (in our process namespace), or null. */
export function libvirtdPid() {
  const ours = rootOf("self");
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() !== "libvirtd") continue;
      if (statSync(`/proc/${pid}`).uid === 0 && rootOf(pid) === ours) return Number(pid);
    } catch {
      // Ended while we looked.
    }
  }
  return null;
}

/** True when the process can see a KVM device; needs root. @param {number} pid */
export function seesKvm(pid) {
  try {
    const node = statSync(`/proc/${pid}/root/dev/kvm`);
    return node.isCharacterDevice() && node.rdev === statSync("/dev/kvm").rdev;
  } catch {
    return false;
  }
}

/** Tells a libvirtd of the machine from one in a container or a test's namespace. */
function rootOf(pid) {
  const run = statSync(`/proc/${pid}/root/run`);
  return `${run.dev}:${run.ino}`;
}
