import { parseCpuSet } from "@/lib/model/cpu-set";
import type { TunedParts } from "@/lib/model/tuning";
import { attribute, childrenOf, find, textOf, wholeNumber } from "./query";
import { element, type XmlElement, type XmlNode } from "./tree";

/** What a definition says of the VM's memory and of the threads that serve its disks. */
export function readTuning(root: XmlElement): TunedParts {
  const nodeset = attribute(find(root, "numatune/memory"), "nodeset");
  return {
    hugePages: find(root, "memoryBacking/hugepages") !== null,
    memoryCells: nodeset === null ? null : parseCpuSet(nodeset),
    ioThreads: wholeNumber(textOf(find(root, "iothreads"))) ?? 0,
    disks: childrenOf(find(root, "devices"), "disk")
      .filter(isVirtio)
      .map((disk) => ({
        target: attribute(find(disk, "target"), "dev") ?? "",
        ioThread: wholeNumber(attribute(find(disk, "driver"), "iothread")),
      })),
  };
}

/** The definition with those parts as asked; disks that are not named stay as they are. */
export function withTuning(root: XmlElement, asked: TunedParts): XmlElement {
  const backing = withChild(
    find(root, "memoryBacking") ?? element("memoryBacking", {}),
    "hugepages",
    asked.hugePages ? (find(root, "memoryBacking/hugepages") ?? element("hugepages", {})) : null,
  );
  const { memoryCells, ioThreads } = asked;
  const memory =
    memoryCells && element("memory", { mode: "strict", nodeset: memoryCells.join(",") });
  const numa = withChild(find(root, "numatune") ?? element("numatune", {}), "memory", memory);
  const same = ioThreads === readTuning(root).ioThreads;
  const replaced = ["memoryBacking", "numatune", "iothreads", ...(same ? [] : ["iothreadids"])];
  const kept = root.children
    .filter((child) => typeof child === "string" || !replaced.includes(child.name))
    .map((child) =>
      typeof child === "object" && child.name === "devices" ? served(child, asked) : child,
    );
  const added = [backing, numa].filter(({ children }) => children.length > 0);
  if (ioThreads > 0) added.push(element("iothreads", {}, [String(ioThreads)]));
  return { ...root, children: [...kept, ...added] };
}

function withChild(parent: XmlElement, name: string, child: XmlElement | null): XmlElement {
  const others = parent.children.filter((each) => typeof each === "object" && each.name !== name);
  return { ...parent, children: child === null ? others : [child, ...others] };
}

function served(devices: XmlElement, { disks }: TunedParts): XmlElement {
  const children = devices.children.map((child): XmlNode => {
    if (typeof child === "string" || child.name !== "disk") return child;
    const target = attribute(find(child, "target"), "dev");
    const asked = disks.find((each) => each.target === target);
    return asked === undefined ? child : withThread(child, asked.ioThread);
  });
  return { ...devices, children };
}

function withThread(disk: XmlElement, ioThread: number | null): XmlElement {
  const before = find(disk, "driver") ?? element("driver", { name: "qemu" });
  const { iothread: _, ...attributes } = before.attributes;
  const driver = {
    ...before,
    attributes: ioThread === null ? attributes : { ...attributes, iothread: String(ioThread) },
  };
  const others = disk.children.filter((each) => typeof each !== "object" || each.name !== "driver");
  return { ...disk, children: [driver, ...others] };
}

/** Of the others QEMU's main thread serves the controller. */
function isVirtio(disk: XmlElement): boolean {
  return (
    attribute(disk, "device") !== "cdrom" && attribute(find(disk, "target"), "bus") === "virtio"
  );
}
