import type { PinsAsked } from "@/lib/model/pinning";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modifyBoth } from "./in-both";

/**
 * Binds threads of a VM to CPUs of its host, in the running guest and for every start in one call
 * of libvirt's each; `all` is every CPU of the host, which is what is not bound. Throws
 * `host.refused` with its words; then those before the refused one are bound.
 */
export function pinVm(
  host: Host,
  uuid: string,
  { vcpus, emulator }: PinsAsked,
  all: readonly number[],
): Promise<LiveVm> {
  const link = linkOf(host);
  return modifyBoth(host, uuid, async (dom, flags) => {
    for (const { vcpu, cpus } of vcpus) {
      await link.call("domainPinVcpuFlags", { dom, vcpu, cpumap: mapOf(cpus ?? all), flags });
    }
    if (emulator === undefined) return;
    await link.call("domainPinEmulator", { dom, cpumap: mapOf(emulator ?? all), flags });
  });
}

/** libvirt's map of CPUs: a bit each, the lowest first. */
function mapOf(cpus: readonly number[]): Buffer {
  const map = Buffer.alloc(1 + Math.floor(Math.max(...cpus) / 8));
  for (const cpu of cpus) map.writeUInt8(map.readUInt8(cpu >> 3) | (1 << (cpu & 7)), cpu >> 3);
  return map;
}
