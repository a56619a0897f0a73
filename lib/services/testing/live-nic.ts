import type { LiveNic } from "@/lib/hypervisor/types";

/** A network card as libvirt would report it. */
export function liveNic(mac: string, data: Partial<LiveNic> = {}): LiveNic {
  return {
    mac,
    type: "network",
    network: "default",
    model: "virtio",
    tap: null,
    linkUp: true,
    limits: { inbound: null, outbound: null },
    ...data,
  };
}
