import type { DoctorCheck } from "@/lib/model/doctor";
import { line } from "./check";

/** Older ones may work; nobody has tried. */
export const oldestTried = { qemu: "6.2", libvirt: "8.0" } as const;

/** The version in what `qemu-system-x86_64 --version` prints; null when it could not be run. */
export function qemuVersionOf(output: string | null): string | null {
  return output?.match(/version (\d+\.\d+(?:\.\d+)?)/)?.[1] ?? null;
}

/** Whether QEMU is there, and not older than what was tried. */
export function checkQemu(version: string | null): DoctorCheck {
  if (version === null) {
    const fix = "sudo apt-get install -y qemu-system-x86 qemu-utils";
    return line("qemu", "fail", "missing", {}, fix);
  }
  if (isOlder(version, oldestTried.qemu)) {
    return line("qemu", "warn", "old", { version, oldest: oldestTried.qemu });
  }
  return line("qemu", "ok", "found", { version });
}

export type LibvirtAnswer =
  | { answers: true; version: string; uri: string }
  | { answers: false; reason: string; uri: string };

export interface LibvirtPlace {
  mode: "system" | "session" | "elsewhere";
  systemd: boolean;
}

/** Whether libvirt answers at the URI. */
export function checkLibvirt(answer: LibvirtAnswer, place: LibvirtPlace): DoctorCheck {
  const { uri } = answer;
  if (!answer.answers) {
    const fix = mend(answer.reason, uri, place);
    return line("libvirt", "fail", "silent", { uri, reason: answer.reason }, fix);
  }
  const { version } = answer;
  if (isOlder(version, oldestTried.libvirt)) {
    return line("libvirt", "warn", "old", { version, oldest: oldestTried.libvirt });
  }
  return line("libvirt", "ok", "answers", { version, uri });
}

function mend(reason: string, uri: string, { mode, systemd }: LibvirtPlace): string {
  if (mode === "elsewhere") return `virsh -c '${uri}' version`;
  if (mode === "session") return "npm start -- --setup";
  if (/EACCES|permission|authenticat|denied/i.test(reason))
    return 'sudo usermod -aG libvirt "$USER"';
  return systemd ? "sudo systemctl enable --now libvirtd" : "sudo npm start -- --setup";
}

function isOlder(version: string, than: string): boolean {
  const own = version.split(".").map(Number);
  for (const [index, part] of than.split(".").map(Number).entries()) {
    const mine = own[index] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}
