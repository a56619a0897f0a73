import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { METADATA_NAMESPACE, type Owner } from "../xml/metadata";
import { element, printXml } from "../xml/tree";
import { inBoth } from "./in-both";
import { domainRefOf, modify } from "./modify";

/** virDomainMetadataType. */
const ELEMENT = 2;
const PREFIX = "portico";

/**
 * Writes whose a domain is into its metadata, in the running guest and for its next start; null
 * takes our element out again. Nothing else of the domain is touched.
 */
export function setOwner(host: Host, uuid: string, owner: Owner | null): Promise<LiveVm> {
  return modify(host, uuid, (dom) =>
    inBoth(
      dom,
      () => domainRefOf(host, uuid),
      (flags) =>
        linkOf(host).call("domainSetMetadata", {
          dom,
          type: ELEMENT,
          metadata:
            owner && printXml(element("vm", { id: owner.vmId, project: owner.projectId })).trim(),
          key: PREFIX,
          uri: METADATA_NAMESPACE,
          flags,
        }),
    ),
  );
}
