import type { DefinitionPart } from "@/lib/model/definition";
import type { VmSizes } from "@/lib/model/vm";

/**
 * The sizes that take effect only at the next start. Memory alone that differs does not: the
 * balloon is still on its way to what was asked, at boot and for seconds after a change.
 */
export function waitingSizes(
  { live, next }: { live: VmSizes; next: VmSizes },
  askedKib: number,
): DefinitionPart[] {
  const memoryWaits =
    next.memoryKib !== live.memoryKib &&
    (next.memoryKib > live.maxMemoryKib || next.memoryKib !== askedKib);
  const vcpusWait = live.vcpus !== next.vcpus || live.maxVcpus !== next.maxVcpus;
  return [
    ...(vcpusWait ? (["vcpus"] as const) : []),
    ...(live.maxMemoryKib !== next.maxMemoryKib ? (["maxMemory"] as const) : []),
    ...(memoryWaits ? (["memory"] as const) : []),
  ];
}
