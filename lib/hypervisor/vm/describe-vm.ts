import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

const LIVE = 1;
const CONFIG = 2;
/** virDomainMetadataType. */
const DESCRIPTION = 0;
const TITLE = 1;

/**
 * What `virsh list --title` and `virsh desc` show of a VM, in the running guest and for its next
 * boot alike; an empty description is none.
 */
export function describeVm(
  host: Host,
  uuid: string,
  words: { title: string; description: string },
): Promise<LiveVm> {
  return modify(host, uuid, async (dom) => {
    const flags = CONFIG | (dom.id >= 0 ? LIVE : 0);
    const set = (type: number, metadata: string | null) =>
      linkOf(host).call("domainSetMetadata", { dom, type, metadata, key: null, uri: null, flags });
    await set(TITLE, words.title);
    await set(DESCRIPTION, words.description === "" ? null : words.description);
  });
}
