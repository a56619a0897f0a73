import type { SupervisedHost } from "@/lib/hypervisor/host";
import { linkOf } from "@/lib/hypervisor/link";

/**
 * Lets a host of libvirt's test driver take definitions for QEMU: it knows one type of domain,
 * its own, and nothing else of a definition has to differ.
 */
export function takesTestDomains(host: SupervisedHost): void {
  const link = linkOf(host);
  const call = link.call.bind(link);
  link.call = (name, args, options) =>
    call(
      name,
      "xml" in args && typeof args.xml === "string" && name === "domainDefineXmlFlags"
        ? { ...args, xml: args.xml.replace('<domain type="qemu"', '<domain type="test"') }
        : args,
      options,
    );
}

/**
 * Says of every guest that runs there that its agent has answered: the driver freezes and thaws for
 * whoever asks, but tells of no agent. What is frozen
 * comes back with saved memory, and with nothing else.
 */
export function answersAsAgent(host: SupervisedHost): void {
  const { inventory } = host;
  const get = inventory.get.bind(inventory);
  inventory.get = (uuid) => {
    const live = get(uuid);
    return live && { ...live, agentConnected: live.bootId !== null };
  };
  const link = linkOf(host);
  const call = link.call.bind(link);
  link.call = async (name, args, options) => {
    if (name !== "domainCreateWithFlags" || !("dom" in args)) return call(name, args, options);
    const { dom } = args;
    const { result: isSaved } = await call("domainHasManagedSaveImage", { dom, flags: 0 });
    const result = await call(name, args, options);
    if (isSaved === 0) await call("domainFsthaw", { dom, mountpoints: [], flags: 0 });
    return result;
  };
}
