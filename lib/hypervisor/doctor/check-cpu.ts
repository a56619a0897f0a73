import type { DoctorCheck } from "@/lib/model/doctor";
import { line } from "./check";

/** `vmx` (Intel) or `svm` (AMD) of /proc/cpuinfo, or null. */
export function cpuFlag(cpuinfo: string): "vmx" | "svm" | null {
  const flags = cpuinfo.match(/^flags\s*:(.*)$/m)?.[1]?.split(/\s+/) ?? [];
  return flags.includes("vmx") ? "vmx" : flags.includes("svm") ? "svm" : null;
}

/** Whether the processor offers hardware virtualization; without it guests are emulated. */
export function checkCpu(cpuinfo: string): DoctorCheck {
  const flag = cpuFlag(cpuinfo);
  return flag === null ? line("cpu", "warn", "none") : line("cpu", "ok", "found", { flag });
}
