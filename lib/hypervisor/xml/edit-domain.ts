import type { ResizePlan } from "@/lib/model/resize-plan";
import type { VmSizes } from "@/lib/model/vm";
import { withFittedCells } from "./memory-cells";
import { limitElement, onlyCell } from "./memory-modules";
import { attribute, childrenOf, find, sizeBytesOf } from "./query";
import { element, parseXml, printXml, type XmlElement } from "./tree";

/** The inactive definition that a resize leads to, with everything else as it was. */
export function withResize(
  xml: string,
  { next, modules, modulesLimitKib }: Pick<ResizePlan, "next" | "modules" | "modulesLimitKib">,
): string {
  return withSizes(xml, next, modules.when === "unchanged" ? undefined : modulesLimitKib);
}

/**
 * The definition with other sizes and everything else as it was, unknown elements included.
 * `xml` is an inactive definition; throws an Error when it is not a domain. `modulesLimitKib` says
 * how far memory modules shall lead: null takes their places away, absent leaves them as long as
 * they lead anywhere.
 */
export function withSizes(xml: string, sizes: VmSizes, modulesLimitKib?: number | null): string {
  const root = parseXml(xml);
  if (root.name !== "domain") throw new Error(`XML of <${root.name}> is not a domain`);
  setVcpus(root, sizes);
  replaceSize(root, "memory", sizes.maxMemoryKib);
  replaceSize(root, "currentMemory", sizes.memoryKib);
  setModulePlaces(root, sizes, modulesLimitKib);
  return printXml(withFittedCells(root, sizes));
}

function setModulePlaces(root: XmlElement, sizes: VmSizes, asked?: number | null): void {
  const limit = find(root, "maxMemory");
  const beforeKib = (sizeBytesOf(limit, "KiB") ?? 0) / 1024;
  const limitKib = asked === undefined && beforeKib > sizes.maxMemoryKib ? beforeKib : asked;
  if (limitKib === null || limitKib === undefined) {
    if (limit === null) return;
    remove(root, "maxMemory");
    dropOnlyCell(root);
    return;
  }
  if (limit === null) root.children.push(limitElement(limitKib));
  else if (beforeKib !== limitKib) {
    limit.attributes = { ...limit.attributes, unit: "KiB" };
    limit.children = [String(limitKib)];
  }
  const cpu = find(root, "cpu") ?? append(root, element("cpu"));
  const numa = find(cpu, "numa") ?? append(cpu, element("numa"));
  if (find(numa, "cell") === null) append(numa, onlyCell(sizes.maxVcpus, sizes.maxMemoryKib));
}

/** One cell that says nothing of its own is there for modules alone. */
function dropOnlyCell(root: XmlElement): void {
  const numa = find(root, "cpu/numa");
  const [cell, ...others] = childrenOf(numa, "cell");
  const plain = ["id", "cpus", "memory", "unit"];
  if (cell === undefined || others.length > 0 || cell.children.length > 0) return;
  if (Object.keys(cell.attributes).some((name) => !plain.includes(name))) return;
  for (const cpu of childrenOf(root, "cpu")) remove(cpu, "numa");
}

function setVcpus(root: XmlElement, sizes: VmSizes): void {
  const vcpu = find(root, "vcpu") ?? append(root, element("vcpu", { placement: "static" }));
  // As libvirt writes it: all of them are said by the maximum alone.
  if (sizes.vcpus === sizes.maxVcpus) delete vcpu.attributes.current;
  else vcpu.attributes.current = String(sizes.vcpus);
  vcpu.children = [String(sizes.maxVcpus)];
  // The list of single vCPUs belongs to the old numbers; libvirt writes a new one.
  remove(root, "vcpus");
  fitTopology(root, sizes.maxVcpus);
}

/** libvirt refuses a topology whose product is not the number of vCPUs. */
function fitTopology(root: XmlElement, maxVcpus: number): void {
  const cpu = find(root, "cpu");
  const topology = find(cpu, "topology");
  if (cpu === null || topology === null) return;
  const count = (name: string) => Number(attribute(topology, name) ?? 1);
  const perCore = count("sockets") * count("dies") * count("threads");
  if (maxVcpus % perCore === 0) topology.attributes.cores = String(maxVcpus / perCore);
  else remove(cpu, "topology");
}

function replaceSize(root: XmlElement, name: string, sizeKib: number): void {
  const found = find(root, name) ?? append(root, element(name));
  found.attributes = { ...found.attributes, unit: "KiB" };
  found.children = [String(sizeKib)];
}

function append(parent: XmlElement, child: XmlElement): XmlElement {
  parent.children.push(child);
  return child;
}

function remove(parent: XmlElement, name: string): void {
  parent.children = parent.children.filter(
    (child) => typeof child === "string" || child.name !== name,
  );
}
