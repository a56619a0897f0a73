import { type CpuTopology, cpuModes, type ReadCpu, type WantedCpu } from "@/lib/model/cpu";
import { withFittedCells } from "./memory-cells";
import { attribute, find, textOf, wholeNumber } from "./query";
import { element, type XmlElement, type XmlNode } from "./tree";

/** Topology and model of a definition. Dies, which only virsh makes, are counted as cores. */
export function readCpu(root: XmlElement): ReadCpu {
  const cpu = find(root, "cpu");
  const mode = attribute(cpu, "mode");
  const named = textOf(find(cpu, "model"))?.trim() || null;
  return {
    topology: readTopology(find(cpu, "topology")),
    model: cpuModes.find((each) => each === mode) ?? named,
  };
}

function readTopology(topology: XmlElement | null): CpuTopology | null {
  if (topology === null) return null;
  const count = (name: string) => wholeNumber(attribute(topology, name)) ?? 1;
  return {
    sockets: count("sockets"),
    cores: count("dies") * count("cores"),
    threads: count("threads"),
  };
}

/**
 * The definition with another maximum of vCPUs, topology and (unless null) model, and everything
 * else as it was. Features belong to a model and go with it.
 */
export function withCpu(
  root: XmlElement,
  { maxVcpus, cpu }: { maxVcpus: number; cpu: WantedCpu },
): XmlElement {
  const before = find(root, "cpu");
  const after = cpuElement(before, cpu);
  const children = root.children.flatMap((child): XmlNode[] => {
    if (typeof child === "string") return [child];
    if (child.name === "vcpu") return [withMaximum(child, maxVcpus)];
    // The list of single vCPUs belongs to the old number; libvirt writes a new one.
    if (child.name === "vcpus") return [];
    return [child.name === "cpu" ? after : child];
  });
  if (before === null) children.push(after);
  return withFittedCells({ ...root, children }, { maxVcpus });
}

function withMaximum(vcpu: XmlElement, maxVcpus: number): XmlElement {
  const { current: was, ...attributes } = vcpu.attributes;
  const current = was ?? textOf(vcpu)?.trim() ?? "1";
  // As libvirt writes it: all of them are said by the maximum alone.
  const said = current === String(maxVcpus) ? attributes : { ...attributes, current };
  return { ...vcpu, attributes: said, children: [String(maxVcpus)] };
}

function cpuElement(before: XmlElement | null, { topology, model }: WantedCpu): XmlElement {
  const placed = element("topology", { ...topology });
  const kept = (before?.children ?? []).filter(
    (child) => typeof child === "object" && child.name !== "topology",
  );
  if (model === null) {
    return { name: "cpu", attributes: before?.attributes ?? {}, children: [...kept, placed] };
  }
  const numa = kept.filter((child) => typeof child === "object" && child.name === "numa");
  const mode = cpuModes.find((each) => each === model);
  if (mode === undefined) {
    const named = element("model", { fallback: "forbid" }, [model]);
    return element("cpu", { mode: "custom", match: "exact" }, [named, placed, ...numa]);
  }
  if (mode === "host-model") return element("cpu", { mode }, [placed, ...numa]);
  return element("cpu", { mode, check: "none", migratable: "on" }, [placed, ...numa]);
}
