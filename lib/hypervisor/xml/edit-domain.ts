import type { VmSizes } from "@/lib/model/vm";
import { attribute, find } from "./query";
import { element, parseXml, printXml, type XmlElement } from "./tree";

/**
 * The definition with other sizes and everything else as it was, unknown elements included.
 * `xml` is an inactive definition; throws an Error when it is not a domain.
 */
export function withSizes(xml: string, sizes: VmSizes): string {
  const root = parseXml(xml);
  if (root.name !== "domain") throw new Error(`XML of <${root.name}> is not a domain`);
  setVcpus(root, sizes);
  replaceSize(root, "memory", sizes.maxMemoryKib);
  replaceSize(root, "currentMemory", sizes.memoryKib);
  return printXml(root);
}

function setVcpus(root: XmlElement, sizes: VmSizes): void {
  const vcpu = find(root, "vcpu") ?? append(root, element("vcpu", { placement: "static" }));
  vcpu.attributes.current = String(sizes.vcpus);
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
