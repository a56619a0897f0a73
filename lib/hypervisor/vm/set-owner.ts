import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { METADATA_NAMESPACE, type Owner } from "../xml/metadata";
import { element, printXml } from "../xml/tree";
import { modifyBoth } from "./in-both";

/** virDomainMetadataType. */
const ELEMENT = 2;
const PREFIX = "portico";

/**
 * Writes whose a domain is into its metadata, in the running guest and for its next start; null
 * takes our element out again. Nothing else of the domain is touched.
 */
export function setOwner(host: Host, uuid: string, owner: Owner | null): Promise<LiveVm> {
  const metadata =
    owner && printXml(element("vm", { id: owner.vmId, project: owner.projectId })).trim();
  return modifyBoth(host, uuid, (dom, flags) => {
    const said = { dom, type: ELEMENT, metadata, key: PREFIX, uri: METADATA_NAMESPACE, flags };
    return linkOf(host).call("domainSetMetadata", said);
  });
}
