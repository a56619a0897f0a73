import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { askAgent } from "./ask-agent";

/** The guest writes out what it holds first, and its disks may be slow. */
const FREEZE_DEADLINE_MS = 30_000;

/**
 * Has the agent of a running guest bring its file systems to rest: those mounted at `mountpoints`,
 * or all when none is given. Returns how many. Throws `vm.bad_state` when the agent does not answer
 * (then some may be frozen: thaw them) and `host.refused` with its words.
 */
export async function freezeFilesystems(
  host: Host,
  uuid: string,
  mountpoints: readonly string[] = [],
): Promise<number> {
  const dom = await domainRefOf(host, uuid);
  const asked = { dom, mountpoints: [...mountpoints], flags: 0 };
  const options = { deadlineMs: FREEZE_DEADLINE_MS };
  const { filesystems } = await askAgent(linkOf(host).call("domainFsfreeze", asked, options));
  return filesystems;
}
