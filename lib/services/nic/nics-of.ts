import type { Host, LiveNic, LiveVm } from "@/lib/hypervisor/types";
import type { NicSetting, VmNicView } from "@/lib/model/nic";

/**
 * The VM's network cards, those of what runs first. Addresses go to the card whose lease they are;
 * those that only the agent knows, to the first.
 */
export function nicsOf(host: Host | null, live: LiveVm): VmNicView[] {
  const leases = host?.inventory.networks().flatMap((network) => network.leases) ?? [];
  const macs = new Set(live.nics.map((nic) => nic.mac));
  const leased = new Set(
    leases.filter((lease) => macs.has(lease.mac)).map((lease) => lease.address),
  );
  const loose = live.addresses.filter((address) => !leased.has(address));
  const now = live.nics.map((nic, index): VmNicView => {
    const later = live.nextNics.find((each) => each.mac === nic.mac);
    const next = later === undefined ? null : settingOf(later);
    const setting = settingOf(nic);
    const own = leases
      .filter((lease) => lease.mac === nic.mac && live.addresses.includes(lease.address))
      .map((lease) => lease.address);
    return {
      mac: nic.mac,
      ...setting,
      addresses: index === 0 ? [...own, ...loose] : own,
      when: next === null ? "now" : "both",
      next: JSON.stringify(next) === JSON.stringify(setting) ? null : next,
    };
  });
  const later = live.nextNics
    .filter((nic) => !macs.has(nic.mac))
    .map((nic): VmNicView => {
      return { mac: nic.mac, ...settingOf(nic), addresses: [], when: "next_boot", next: null };
    });
  return [...now, ...later];
}

function settingOf({ network, model, linkUp, limits }: LiveNic): NicSetting {
  return { network, model, linkUp, limits };
}
