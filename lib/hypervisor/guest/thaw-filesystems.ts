import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { askAgent } from "./ask-agent";

/**
 * Has the agent of a running guest let all its frozen file systems go on. Returns how many were
 * frozen; none is no error. Throws `vm.bad_state` when the agent does not answer and
 * `host.refused` with its words.
 */
export async function thawFilesystems(host: Host, uuid: string): Promise<number> {
  const dom = await domainRefOf(host, uuid);
  const asked = { dom, mountpoints: [], flags: 0 };
  const { filesystems } = await askAgent(linkOf(host).call("domainFsthaw", asked));
  return filesystems;
}
