import { AppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { withSecrets } from "../xml/definition/keep-secrets";
import { saidOnce } from "../xml/definition/once-only";
import { find, textOf } from "../xml/query";
import { printXml, type XmlElement } from "../xml/tree";
import { modify } from "./modify";
import { readDefinitions, readSecureDefinition } from "./read-definition";

const VALIDATE = 1;
const LIVE = 1;
/** virDomainMetadataType. */
const DESCRIPTION = 0;
const TITLE = 1;
/** libvirt may look into QEMU's abilities first, which takes long on a loaded machine. */
const DEFINE_DEADLINE_MS = 60_000;

/**
 * Gives a VM another definition for its next boot, in place of the one with that digest; title and
 * description change in a running guest as well. Throws `conflict.stale`, and nothing is done,
 * when libvirt has another definition by now, and `host.refused` with libvirt's words when it does
 * not take this one.
 */
export function redefineVm(
  host: Host,
  uuid: string,
  change: { digest: string; domain: XmlElement },
): Promise<LiveVm> {
  const link = linkOf(host);
  return modify(host, uuid, async (dom) => {
    const { live, next } = await readDefinitions(host, uuid);
    if (next.digest !== change.digest) {
      throw new AppError({ code: "conflict.stale", message: `${uuid} was redefined meanwhile` });
    }
    const domain = withSecrets(change.domain, await readSecureDefinition(host, uuid));
    const xml = printXml(saidOnce(domain));
    const options = { deadlineMs: DEFINE_DEADLINE_MS };
    await link.call("domainDefineXmlFlags", { xml, flags: VALIDATE }, options);
    if (live === null) return;
    for (const [name, type] of [["title", TITLE] as const, ["description", DESCRIPTION] as const]) {
      const metadata = textOf(find(domain, name));
      if (metadata === textOf(find(live.root, name))) continue;
      const named = { metadata, key: null, uri: null };
      await link.call("domainSetMetadata", { dom, type, ...named, flags: LIVE });
    }
  });
}
