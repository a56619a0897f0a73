import type { WantedCpu } from "@/lib/model/cpu";
import type { Host, LiveVm } from "../types";
import { withCpu } from "../xml/cpu";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * Maximum of vCPUs, topology and model of the VM's next start; a model of null stays. Throws
 * `conflict.stale` when it was redefined in between, and `host.refused` with libvirt's words.
 */
export async function setCpu(
  host: Host,
  uuid: string,
  wanted: { maxVcpus: number; cpu: WantedCpu },
): Promise<LiveVm> {
  const { next } = await readDefinitions(host, uuid);
  const domain = withCpu(next.root, wanted);
  return redefineVm(host, uuid, { digest: next.digest, domain });
}
