import type { DoctorCheck } from "@/lib/model/doctor";
import { line } from "./check";
import type { KvmTry } from "./try-kvm";

export interface KvmFacts {
  tried: KvmTry;
  /** The account it was tried as. */
  user: string;
  flag: "vmx" | "svm" | null;
  session: boolean;
  /** PORTICO_VIRT_TYPE. */
  setting: "auto" | "kvm" | "qemu";
}

/** Whether KVM truly works for the account that QEMU runs as. */
export function checkKvm(facts: KvmFacts): DoctorCheck {
  const { tried, user } = facts;
  if (facts.setting === "qemu") return line("kvm", "ok", "notWanted");
  if (tried.result === "works") return line("kvm", "ok", "works", { user });
  const values = { user, detail: tried.detail };
  if (facts.setting === "kvm")
    return line("kvm", "fail", `demanded_${tried.result}`, values, mend(facts));
  return line("kvm", "warn", tried.result, values, mend(facts));
}

function mend({ tried, user, flag, session }: KvmFacts): string | null {
  switch (tried.result) {
    case "no_device":
      if (flag === null) return null;
      return `sudo modprobe ${flag === "vmx" ? "kvm_intel" : "kvm_amd"}`;
    case "no_permission": {
      const account = session ? '"$USER"' : user;
      return `sudo chown root:kvm /dev/kvm && sudo chmod 660 /dev/kvm && sudo usermod -aG kvm ${account}`;
    }
    case "probe_failed":
      return "PORTICO_VIRT_TYPE=qemu npm start";
    case "works":
      return null;
  }
}

/**
 * Where KVM does not work, libvirt must not believe in it: it would probe QEMU again at every
 * call. `believes` is null when libvirt took too long to say.
 */
export function checkKvmHidden(believes: boolean | null, systemd: boolean): DoctorCheck {
  if (believes === false) return line("kvmHidden", "ok", "hidden");
  const restart = systemd
    ? "sudo npm start -- --setup"
    : 'sudo kill "$(pidof libvirtd)" && sudo npm start -- --setup';
  return line("kvmHidden", "warn", believes === null ? "slow" : "believes", {}, restart);
}
