import type { NicLimit } from "@/lib/model/nic";
import type { LiveNic } from "../types";
import { attribute, find, wholeNumber } from "./query";
import { filterElement, type TrafficFilter } from "./traffic-filter";
import { element, type XmlElement } from "./tree";

/** A new network card; `network` is libvirt's name of it, or "user". */
export function nicElement(
  nic: { mac: string; network: string; model: string },
  filter: TrafficFilter | null,
): XmlElement {
  const mac = element("mac", { address: nic.mac });
  const model = element("model", { type: nic.model });
  return nic.network === "user"
    ? element("interface", { type: "user" }, [mac, model])
    : element("interface", { type: "network" }, [
        mac,
        element("source", { network: nic.network }),
        model,
        filter && filterElement(filter),
      ]);
}

/** A network card of a definition. */
export function readNic(nic: XmlElement): LiveNic {
  const source = find(nic, "source");
  const type = attribute(nic, "type") ?? "other";
  return {
    mac: attribute(find(nic, "mac"), "address") ?? "",
    type,
    network: attribute(source, "network") ?? attribute(source, "bridge") ?? type,
    model: attribute(find(nic, "model"), "type") ?? "",
    tap: attribute(find(nic, "target"), "dev"),
    linkUp: attribute(find(nic, "link"), "state") !== "down",
    limits: {
      inbound: readLimit(find(nic, "bandwidth/inbound")),
      outbound: readLimit(find(nic, "bandwidth/outbound")),
    },
  };
}

function readLimit(limit: XmlElement | null): NicLimit | null {
  const average = wholeNumber(attribute(limit, "average"));
  if (average === null || average === 0) return null;
  const figure = (name: string) => wholeNumber(attribute(limit, name)) || null;
  return { average, peak: figure("peak"), burst: figure("burst") };
}
