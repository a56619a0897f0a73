import { formatCpuSet, parseCpuSet } from "@/lib/model/cpu-set";
import type { Pins, PinsAsked } from "@/lib/model/pinning";
import { attribute, childrenOf, find, textOf, wholeNumber } from "./query";
import { element, type XmlElement } from "./tree";

/** What the threads of a definition's guest are bound to: each its own, else what holds for all. */
export function readPins(root: XmlElement): Pins {
  const tuned = find(root, "cputune");
  const all = setOf(attribute(find(root, "vcpu"), "cpuset"));
  const own = new Map(
    childrenOf(tuned, "vcpupin").map((pin) => [
      attribute(pin, "vcpu"),
      setOf(attribute(pin, "cpuset")),
    ]),
  );
  const maxVcpus = wholeNumber(textOf(find(root, "vcpu"))) ?? 1;
  return {
    vcpus: Array.from({ length: maxVcpus }, (_, vcpu) => own.get(String(vcpu)) ?? all),
    emulator: setOf(attribute(find(tuned, "emulatorpin"), "cpuset")) ?? all,
  };
}

/**
 * The definition with other pins, as libvirt writes them when it binds: those that are not asked
 * for stay, and null is every CPU of the host, by name.
 */
export function withPins(
  root: XmlElement,
  { vcpus, emulator }: PinsAsked,
  all: readonly number[],
): XmlElement {
  const tuned = find(root, "cputune") ?? element("cputune");
  const pins = new Map(childrenOf(tuned, "vcpupin").map((pin) => [attribute(pin, "vcpu"), pin]));
  for (const { vcpu, cpus } of vcpus) {
    const cpuset = formatCpuSet(cpus ?? all);
    pins.set(String(vcpu), element("vcpupin", { vcpu, cpuset }));
  }
  const ordered = [...pins.values()].toSorted((one, other) => vcpuOf(one) - vcpuOf(other));
  const own =
    emulator === undefined
      ? childrenOf(tuned, "emulatorpin")
      : [element("emulatorpin", { cpuset: formatCpuSet(emulator ?? all) })];
  const others = tuned.children.filter(
    (child) => typeof child === "string" || !["vcpupin", "emulatorpin"].includes(child.name),
  );
  const after = { ...tuned, children: [...ordered, ...own, ...others] };
  const rest = root.children.filter(
    (child) => typeof child === "string" || child.name !== "cputune",
  );
  return { ...root, children: [...rest, after] };
}

function vcpuOf(pin: XmlElement): number {
  return wholeNumber(attribute(pin, "vcpu")) ?? 0;
}

function setOf(text: string | null): number[] | null {
  return text === null ? null : parseCpuSet(text);
}
