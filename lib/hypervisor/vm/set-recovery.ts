import type { Recovery } from "@/lib/model/recovery";
import type { Host, LiveVm } from "../types";
import { withRecovery } from "../xml/recovery";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * What happens from the VM's next start on when its guest panics or no longer feeds its watchdog.
 * Throws `conflict.stale` when the definition changes at the same time, and `host.refused`.
 */
export async function setRecovery(host: Host, uuid: string, recovery: Recovery): Promise<LiveVm> {
  const { next } = await readDefinitions(host, uuid);
  const domain = withRecovery(next.root, recovery);
  return redefineVm(host, uuid, { digest: next.digest, domain });
}
