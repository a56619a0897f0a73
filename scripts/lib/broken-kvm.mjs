import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { release } from "node:os";
import { loadTs } from "./load-ts.mjs";
import { findProgram, sha256 } from "./run.mjs";
import { groupOf } from "./setup.mjs";

/**
 * QEMU's complaint when /dev/kvm exists but does not work for the user that QEMU runs as; null
 * when KVM works or there is no such device, or while npm packages are not installed yet.
 * @param {{ qemuUser: string | null }} setup
 * @returns {Promise<string | null>}
 */
export async function brokenKvm(setup) {
  if (!existsSync("/dev/kvm")) return null;
  try {
    const { tryKvm } = await loadTs("lib/hypervisor/doctor/try-kvm.ts");
    const tried = await tryKvm({ asUser: setup.qemuUser });
    const bad = tried.result === "no_permission" || tried.result === "probe_failed";
    return bad ? tried.detail.split("\n")[0] : null;
  } catch {
    return null;
  }
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
