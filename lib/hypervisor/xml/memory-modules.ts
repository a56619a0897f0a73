import { type ModuleRoom, moduleSlots } from "@/lib/model/memory-modules";
import { attribute, childrenOf, find, sizeBytesOf, wholeNumber } from "./query";
import { element, type XmlElement } from "./tree";

/**
 * Places for memory modules that a definition has; null without any. Modules belong to a cell of
 * memory, so that there is none without a cell either.
 */
export function readModuleRoom(root: XmlElement): ModuleRoom | null {
  const limit = find(root, "maxMemory");
  const slots = wholeNumber(attribute(limit, "slots")) ?? 0;
  const bytes = sizeBytesOf(limit, "KiB");
  if (slots === 0 || bytes === null || find(root, "cpu/numa/cell") === null) return null;
  const used = childrenOf(find(root, "devices"), "memory").length;
  return { limitKib: Math.floor(bytes / 1024), freeSlots: Math.max(0, slots - used) };
}

/** libvirt's XML of one module. */
export function moduleElement(sizeKib: number): XmlElement {
  const size = element("size", { unit: "KiB" }, [String(sizeKib)]);
  const node = element("node", {}, ["0"]);
  return element("memory", { model: "dimm" }, [element("target", {}, [size, node])]);
}

/** Of a definition with places for modules: how far they lead. QEMU wants more than its memory. */
export function limitElement(limitKib: number): XmlElement {
  return element("maxMemory", { slots: moduleSlots, unit: "KiB" }, [String(limitKib)]);
}

/** The only cell of memory, which libvirt wants where there are places for modules. */
export function onlyCell(maxVcpus: number, memoryKib: number): XmlElement {
  const cpus = maxVcpus > 1 ? `0-${maxVcpus - 1}` : "0";
  return element("cell", { id: 0, cpus, memory: memoryKib, unit: "KiB" });
}
