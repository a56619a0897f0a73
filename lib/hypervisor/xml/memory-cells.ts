import { formatCpuSet, parseCpuSet } from "@/lib/model/cpu-set";
import { attribute, childrenOf, find, sizeBytesOf } from "./query";
import type { XmlElement, XmlNode } from "./tree";

/**
 * The definition with its cells of memory fitted to other sizes; one without cells as it was.
 * libvirt takes a domain's memory from its cells, whatever `<memory>` says, and wants every vCPU in
 * one. Several cells keep their shares; vCPUs that are new go to the last.
 */
export function withFittedCells(
  root: XmlElement,
  sizes: { maxVcpus: number; maxMemoryKib?: number },
): XmlElement {
  const cells = childrenOf(find(root, "cpu/numa"), "cell");
  if (cells.length === 0) return root;
  const { maxVcpus, maxMemoryKib } = sizes;
  const shares =
    maxMemoryKib === undefined ? null : sharesOf(cells, maxMemoryKib - modulesKib(root));
  const vcpus = vcpusOf(cells, maxVcpus);
  const fitted = cells.map((cell, index) => {
    const { attributes } = cell;
    const sized =
      shares === null ? attributes : { ...attributes, memory: String(shares[index]), unit: "KiB" };
    return { ...cell, attributes: placed(sized, vcpus[index] ?? []) };
  });
  let nth = 0;
  const inNuma = (child: XmlElement) => (child.name === "cell" ? (fitted[nth++] ?? child) : child);
  const inCpu = (child: XmlElement) => (child.name === "numa" ? mapped(child, inNuma) : child);
  return mapped(root, (child) => (child.name === "cpu" ? mapped(child, inCpu) : child));
}

/** Memory of the modules that a definition has. */
export function modulesKib(root: XmlElement): number {
  const modules = childrenOf(find(root, "devices"), "memory");
  return modules.reduce(
    (sum, each) => sum + (sizeBytesOf(find(each, "target/size"), "KiB") ?? 0) / 1024,
    0,
  );
}

function mapped(parent: XmlElement, change: (child: XmlElement) => XmlElement): XmlElement {
  const children = parent.children.map(
    (child): XmlNode => (typeof child === "string" ? child : change(child)),
  );
  return { ...parent, children };
}

/** In KiB, as large to one another as before. */
function sharesOf(cells: XmlElement[], memoryKib: number): number[] {
  const before = cells.map(cellKib);
  const total = before.reduce((sum, each) => sum + each, 0);
  if (total === memoryKib) return before;
  const shares = before.map((each) => Math.floor((memoryKib * each) / total));
  const others = shares.slice(0, -1).reduce((sum, each) => sum + each, 0);
  return [...shares.slice(0, -1), memoryKib - others];
}

/** In KiB. */
function cellKib(cell: XmlElement): number {
  const { memory = "0", unit = "KiB" } = cell.attributes;
  const size = { name: "memory", attributes: { unit }, children: [memory] };
  return (sizeBytesOf(size, "KiB") ?? 0) / 1024;
}

function vcpusOf(cells: XmlElement[], maxVcpus: number): number[][] {
  const sets = cells.map((cell) =>
    (parseCpuSet(attribute(cell, "cpus") ?? "") ?? []).filter((vcpu) => vcpu < maxVcpus),
  );
  const known = new Set(sets.flat());
  const all = Array.from({ length: maxVcpus }, (_, vcpu) => vcpu);
  sets.at(-1)?.push(...all.filter((vcpu) => !known.has(vcpu)));
  return sets;
}

/** A cell may be of memory alone. */
function placed(attributes: Record<string, string>, vcpus: number[]): Record<string, string> {
  const { cpus: _before, ...others } = attributes;
  if (vcpus.length === 0) return others;
  return { ...attributes, cpus: formatCpuSet(vcpus) };
}
