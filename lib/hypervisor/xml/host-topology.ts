import { parseCpuSet } from "@/lib/model/cpu-set";
import type { HostCell, HostCore } from "@/lib/model/pinning";
import { attribute, childrenOf, find, sizeBytesOf, wholeNumber } from "./query";
import { parseXml, type XmlElement } from "./tree";

/** Cells, cores and CPUs of a host's capabilities. Throws an Error on what is no such document. */
export function readHostTopology(xml: string): HostCell[] {
  const root = parseXml(xml);
  if (root.name !== "capabilities") throw new Error(`XML of <${root.name}> tells of no host`);
  return childrenOf(find(root, "host/topology/cells"), "cell").map((cell, index) => {
    const bytes = sizeBytesOf(find(cell, "memory"), "KiB");
    return {
      cell: wholeNumber(attribute(cell, "id")) ?? index,
      memoryKib: bytes === null ? null : Math.floor(bytes / 1024),
      cores: coresOf(childrenOf(find(cell, "cpus"), "cpu")),
    };
  });
}

/** CPUs that name each other as siblings share a core; one that is offline names nothing. */
function coresOf(cpus: readonly XmlElement[]): HostCore[] {
  const cores = new Map<string, HostCore>();
  for (const each of cpus) {
    const cpu = wholeNumber(attribute(each, "id"));
    const core = wholeNumber(attribute(each, "core_id"));
    if (cpu === null || core === null) continue;
    const socket = wholeNumber(attribute(each, "socket_id")) ?? 0;
    const siblings = parseCpuSet(attribute(each, "siblings") ?? "") ?? [cpu];
    const key = `${socket} ${attribute(each, "die_id")} ${core} ${siblings[0]}`;
    const known = cores.get(key);
    if (known === undefined) cores.set(key, { socket, core, cpus: [cpu] });
    else known.cpus.push(cpu);
  }
  return [...cores.values()];
}
