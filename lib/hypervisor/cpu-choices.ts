import type { CpuChoices } from "@/lib/model/cpu";
import { linkOf } from "./link";
import type { Host, LiveVm } from "./types";
import { readCpuChoices } from "./xml/cpu-choices";

/** A daemon whose cache of QEMU's abilities is stale asks QEMU anew, which takes its time. */
const CAPABILITIES_DEADLINE_MS = 60_000;

/** The processors that a host can give this VM. Throws `host.*` errors. */
export async function cpuChoices(
  host: Host,
  { machine, virtType }: Pick<LiveVm, "machine" | "virtType">,
): Promise<CpuChoices> {
  const { capabilities } = await linkOf(host).call(
    "connectGetDomainCapabilities",
    { emulatorbin: null, arch: "x86_64", machine, virttype: virtType, flags: 0 },
    { deadlineMs: CAPABILITIES_DEADLINE_MS },
  );
  return readCpuChoices(capabilities);
}
