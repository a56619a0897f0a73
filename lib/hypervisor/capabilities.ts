import type { VirtTypeFinding } from "@/lib/model/host";
import { type KvmTry, tryKvm } from "./doctor/try-kvm";
import { toAppError } from "./errors";
import { type HostLink, linkOf } from "./link";
import { qemuUser } from "./qemu-user";
import type { Host } from "./types";

export type VirtTypeSetting = "auto" | "kvm" | "qemu";

/** A daemon whose cache of QEMU's abilities is stale asks QEMU anew, which takes its time. */
const CAPABILITIES_DEADLINE_MS = 60_000;

/**
 * Whether guests of this host can run with KVM. On this machine it is really tried, with the user
 * that QEMU runs as; of a remote host libvirt is asked. `forced` by the setting.
 */
export async function probeVirtType(
  host: Host,
  setting: VirtTypeSetting,
): Promise<VirtTypeFinding> {
  if (setting !== "auto") return { virtType: setting, reason: "forced", detail: "" };
  const link = linkOf(host);
  if (link.mode === "test") return emulated("not_checked", "libvirt's test driver runs no guests");
  const tried = link.isLocal ? await tryHere(link) : null;
  if (tried !== null && tried.result !== "works") return emulated(tried.result, tried.detail);
  const refusal = await libvirtRefusesKvm(host);
  if (refusal !== null) return emulated("no_device", refusal);
  if (tried !== null) return { virtType: "kvm", reason: "works", detail: "" };
  return { virtType: "kvm", reason: "not_checked", detail: "libvirt offers KVM; it was not tried" };
}

/** Null when it cannot be tried: only root can become the user of a system host's guests. */
async function tryHere(link: HostLink): Promise<KvmTry | null> {
  if (link.mode === "session") return tryKvm({ asUser: null });
  if (process.getuid?.() === 0) return tryKvm({ asUser: await qemuUser(link) });
  // Whoever may open the device himself learns at least whether it works at all.
  const tried = await tryKvm({ asUser: null });
  return tried.result === "no_permission" ? null : tried;
}

function emulated(reason: VirtTypeFinding["reason"], detail: string): VirtTypeFinding {
  return { virtType: "qemu", reason, detail };
}

/** libvirt's text when its daemon has no KVM (it may not see /dev/kvm), null when it has. */
async function libvirtRefusesKvm(host: Host): Promise<string | null> {
  try {
    await linkOf(host).call(
      "connectGetDomainCapabilities",
      { emulatorbin: null, arch: "x86_64", machine: "q35", virttype: "kvm", flags: 0 },
      { deadlineMs: CAPABILITIES_DEADLINE_MS },
    );
    return null;
  } catch (error) {
    const known = toAppError(error, "connectGetDomainCapabilities");
    return known instanceof Error ? known.message : String(known);
  }
}
