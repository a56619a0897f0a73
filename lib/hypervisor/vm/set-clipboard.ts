import type { Host, LiveVm } from "../types";
import { withClipboard } from "../xml/clipboard";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * Whether the VM has the channel of the clipboard from its next start on. Throws `conflict.stale`
 * when the definition changes at the same time, `host.unsupported` and `host.refused`.
 */
export async function setClipboard(host: Host, uuid: string, on: boolean): Promise<LiveVm> {
  const { next } = await readDefinitions(host, uuid);
  const domain = withClipboard(next.root, on);
  return redefineVm(host, uuid, { digest: next.digest, domain });
}
