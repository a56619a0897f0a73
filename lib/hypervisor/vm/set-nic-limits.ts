import type { TypedParam } from "@/lib/libvirt";
import { notFound } from "@/lib/model/errors";
import type { NicLimits } from "@/lib/model/nic";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { nicOf } from "../xml/edit-nic";
import { readNic } from "../xml/nic";
import { modify } from "./modify";
import { vmXml } from "./vm-xml";

const LIVE = 1;
const CONFIG = 2;

/**
 * Holds a network card's traffic to limits, in the running guest first and then for its next boot:
 * what the host cannot do changes nothing. Throws `not_found` when no card has that MAC, and
 * `host.refused` with libvirt's words, for example without the kernel's part of it.
 */
export function setNicLimits(
  host: Host,
  uuid: string,
  { mac: device, limits }: { mac: string; limits: NicLimits },
): Promise<LiveVm> {
  return modify(host, uuid, async (dom) => {
    const live = dom.id >= 0 ? nicOf(await vmXml(host, uuid, "live"), device) : null;
    const next = nicOf(await vmXml(host, uuid, "next"), device);
    if (live === null && next === null) throw notFound("the network card");
    const set = (wanted: NicLimits, flags: number) =>
      linkOf(host).call("domainSetInterfaceParameters", {
        dom,
        device,
        params: paramsOf(wanted),
        flags,
      });
    if (live !== null) await set(limits, LIVE);
    try {
      if (next !== null) await set(limits, CONFIG);
    } catch (error) {
      if (live !== null) await set(readNic(live).limits, LIVE).catch(() => undefined);
      throw error;
    }
  });
}

/** An average of nothing takes the limit of its direction away. */
export function paramsOf(limits: NicLimits): TypedParam[] {
  return (["inbound", "outbound"] as const).flatMap((direction) => {
    const { average = 0, peak, burst } = limits[direction] ?? {};
    const figures = { average, peak, burst };
    return Object.entries(figures).flatMap(([name, value]): TypedParam[] =>
      value === null || value === undefined
        ? []
        : [{ field: `${direction}.${name}`, type: "uint", value }],
    );
  });
}
