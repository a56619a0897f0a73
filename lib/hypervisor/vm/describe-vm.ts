import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { inBoth } from "./in-both";
import { domainRefOf, modify } from "./modify";

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
    const set = (type: number, metadata: string | null) =>
      inBoth(
        dom,
        () => domainRefOf(host, uuid),
        (flags) => {
          const said = { dom, type, metadata, key: null, uri: null, flags };
          return linkOf(host).call("domainSetMetadata", said);
        },
      );
    await set(TITLE, words.title);
    await set(DESCRIPTION, words.description === "" ? null : words.description);
  });
}
