import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { METADATA_NAMESPACE, type Owner } from "../xml/metadata";
import { element, printXml } from "../xml/tree";
import { modify } from "./modify";

const LIVE = 1;
const CONFIG = 2;
/** virDomainMetadataType. */
const ELEMENT = 2;
const PREFIX = "portico";

/**
 * Writes whose a domain is into its metadata, in the running guest and for its next start; null
 * takes our element out again. Nothing else of the domain is touched.
 */
export function setOwner(host: Host, uuid: string, owner: Owner | null): Promise<LiveVm> {
  return modify(host, uuid, (dom) =>
    linkOf(host).call("domainSetMetadata", {
      dom,
      type: ELEMENT,
      metadata:
        owner && printXml(element("vm", { id: owner.vmId, project: owner.projectId })).trim(),
      key: PREFIX,
      uri: METADATA_NAMESPACE,
      flags: CONFIG | (dom.id >= 0 ? LIVE : 0),
    }),
  );
}
