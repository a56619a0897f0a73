import type { DoctorCheck } from "@/lib/model/doctor";
import type { NetworkView } from "@/lib/model/host";
import { line } from "./check";

const name = "default";

/** Whether guests have a network: the NAT network, or user-mode networking of a session. */
export function checkNetwork(
  networks: readonly NetworkView[],
  uri: string,
  session: boolean,
): DoctorCheck {
  if (session) return line("network", "ok", "user");
  const found = networks.find((network) => network.name === name);
  if (found === undefined) return line("network", "fail", "missing", { name }, "npm start");
  const virsh = `virsh -c '${uri}'`;
  if (!found.active) {
    return line("network", "fail", "inactive", { name }, `${virsh} net-start ${name}`);
  }
  const values = { name, address: found.address ?? "", bridge: found.bridge ?? "" };
  if (!found.autostart) {
    return line("network", "warn", "noAutostart", values, `${virsh} net-autostart ${name}`);
  }
  return line("network", "ok", "active", values);
}

export interface DhcpFacts {
  networks: readonly NetworkView[];
  uri: string;
  session: boolean;
  /** Null on another machine, where it cannot be seen. */
  dnsmasq: { installed: boolean; runs: boolean } | null;
}

/** Whether somebody gives guests of the NAT network their addresses. */
export function checkDhcp({ networks, uri, session, dnsmasq }: DhcpFacts): DoctorCheck {
  if (session) return line("dhcp", "ok", "user");
  if (dnsmasq?.installed === false) {
    return line("dhcp", "fail", "missing", {}, "sudo apt-get install -y dnsmasq-base");
  }
  const found = networks.find((network) => network.name === name);
  if (found === undefined || !found.active) return line("dhcp", "warn", "noNetwork", { name });
  const virsh = `virsh -c '${uri}'`;
  if (!found.dhcp) return line("dhcp", "warn", "off", { name }, `${virsh} net-edit ${name}`);
  if (dnsmasq?.runs === false) {
    const again = `${virsh} net-destroy ${name} && ${virsh} net-start ${name}`;
    return line("dhcp", "fail", "dead", { name }, again);
  }
  return line("dhcp", "ok", "runs", { name, leases: found.leases.length });
}
