import { parseCpuSet } from "@/lib/model/cpu-set";
import type { Pins } from "@/lib/model/pinning";
import { attribute, childrenOf, find, textOf, wholeNumber } from "./query";
import type { XmlElement } from "./tree";

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

function setOf(text: string | null): number[] | null {
  return text === null ? null : parseCpuSet(text);
}
