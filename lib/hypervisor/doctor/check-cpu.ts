import type { DoctorCheck } from "@/lib/model/doctor";
import { line } from "./check";

/** `vmx` (Intel) or `svm` (AMD) of /proc/cpuinfo, or null. */
export function cpuFlag(cpuinfo: string): "vmx" | "svm" | null {
  const flags = cpuinfo.match(/^flags\s*:(.*)$/m)?.[1]?.split(/\s+/) ?? [];
  return flags.includes("vmx") ? "vmx" : flags.includes("svm") ? "svm" : null;
}

/** Whether the processor offers hardware virtualization; without it guests are emulated. */
export function checkCpu(cpuinfo: string, kvmWorks: boolean): DoctorCheck {
  const flag = cpuFlag(cpuinfo);
  if (flag !== null) return line("cpu", "ok", "found", { flag });
  // A hypervisor may lend KVM to a machine without lending the flag.
  return kvmWorks ? line("cpu", "ok", "lent") : line("cpu", "warn", "none");
}
