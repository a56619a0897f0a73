import { find } from "./query";
import { element, type XmlElement } from "./tree";

/** Namespace of our element in a domain's `<metadata>`: the database can be rebuilt from it. */
export const METADATA_NAMESPACE = "https://portico.dev/xmlns/1";

export interface Owner {
  vmId: string;
  projectId: string;
}

/** `<portico:vm>` with the ids of the VM and of the project that owns it. */
export function ownerElement(owner: Owner): XmlElement {
  return element("portico:vm", {
    "xmlns:portico": METADATA_NAMESPACE,
    id: owner.vmId,
    project: owner.projectId,
  });
}

/** The owner in a domain's metadata, whatever prefix it carries; null on a foreign domain. */
export function readOwner(domain: XmlElement): Owner | null {
  const metadata = find(domain, "metadata");
  for (const child of metadata?.children ?? []) {
    if (typeof child === "string") continue;
    const [prefix, local] = child.name.includes(":") ? child.name.split(":") : [null, child.name];
    const declaration = prefix === null ? "xmlns" : `xmlns:${prefix}`;
    const namespace = child.attributes[declaration] ?? metadata?.attributes[declaration];
    const { id, project } = child.attributes;
    if (local === "vm" && namespace === METADATA_NAMESPACE && id && project) {
      return { vmId: id, projectId: project };
    }
  }
  return null;
}
