import type { NicLimit, NicLimits, NicModel, VmNicView } from "./nic";
import type { NicPlan } from "./nic-plan";
import { virshLine } from "./virsh-line";

/** What keeps a guest to its own addresses depends on the network, which virsh does not look at. */
function filterNote(network: string): string {
  return `# its <filterref>: clean-traffic where ${network} gives addresses by DHCP, else no-mac-spoofing`;
}

/** What adding a network card stands for; libvirt chooses its address. */
export function addNicCommands(
  domainName: string,
  plan: NicPlan,
  { network, model }: { network: string; model: NicModel },
): string[] {
  const when = [plan.live && "--live", "--config"];
  if (network !== "user") {
    const card = ["network", network, "--model", model];
    return [virshLine(["attach-interface", domainName, ...card, ...when]), filterNote(network)];
  }
  return [
    `echo "<interface type='user'><model type='${model}'/></interface>" > nic.xml`,
    virshLine(["attach-device", domainName, "nic.xml", ...when]),
  ];
}

/** What taking a card out stands for, where it is. */
export function removeNicCommands(
  domainName: string,
  nic: Pick<VmNicView, "mac" | "network" | "when">,
  live: boolean,
): string[] {
  const type = nic.network === "user" ? "user" : "network";
  const when = [live && "--live", nic.when !== "now" && "--config"];
  return [virshLine(["detach-interface", domainName, type, "--mac", nic.mac, ...when])];
}

const cardOf = (mac: string) => `"//interface[mac/@address='${mac}']"`;

/** What moving a card stands for: virsh wants the whole card, with one line of it changed. */
export function moveNicCommands(
  domainName: string,
  { mac, when }: Pick<VmNicView, "mac" | "when">,
  { network, live }: { network: string; live: boolean },
): string[] {
  const edit = `sed "s/<source .*/<source network='${network}'\\/>/"`;
  const times = [live && when !== "next_boot" && "--live", when !== "now" && "--config"];
  return [
    `${virshLine(["dumpxml", domainName, "--xpath"])} ${cardOf(mac)} | ${edit} > nic.xml`,
    ...(network === "user" ? [] : [filterNote(network)]),
    virshLine(["update-device", domainName, "nic.xml", ...times]),
  ];
}

/** What another model stands for; its place goes, since not every model fits into every place. */
export function nicModelCommands(domainName: string, mac: string, model: NicModel): string[] {
  const edit = `sed -e "/<address type/d" -e "s/<model .*/<model type='${model}'\\/>/"`;
  const dump = virshLine(["dumpxml", domainName, "--inactive", "--xpath"]);
  return [
    `${dump} ${cardOf(mac)} | ${edit} > nic.xml`,
    virshLine(["update-device", domainName, "nic.xml", "--config"]),
  ];
}

/** What limits stand for; 0 lifts one. */
export function limitNicCommands(
  domainName: string,
  { mac, when }: Pick<VmNicView, "mac" | "when">,
  { inbound, outbound, live }: NicLimits & { live: boolean },
): string[] {
  const limits = ["--inbound", limitText(inbound), "--outbound", limitText(outbound)];
  const times = [live && when !== "next_boot" && "--live", when !== "now" && "--config"];
  return [virshLine(["domiftune", domainName, mac, ...limits, ...times])];
}

/** As virsh reads and writes it: average, peak, burst. */
export function limitText(limit: NicLimit | null): string {
  if (limit === null) return "0";
  const { average, peak, burst } = limit;
  const rest = burst !== null ? [peak ?? "", burst] : peak !== null ? [peak] : [];
  return [average, ...rest].join(",");
}
