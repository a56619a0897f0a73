/** Above any host's CPUs; libvirt's own limit of a CPU's number is 16,383. */
export const HIGHEST_CPU = 16_383;

/**
 * The CPUs of a set as virsh and taskset write it, "0-3,8", in order and each once; null when it is
 * none.
 */
export function parseCpuSet(text: string): number[] | null {
  const cpus = new Set<number>();
  for (const part of text.split(",")) {
    const [, from, to] = part.trim().match(/^(\d{1,5})(?:-(\d{1,5}))?$/) ?? [];
    if (from === undefined) return null;
    const first = Number(from);
    const last = Number(to ?? from);
    if (last < first || last > HIGHEST_CPU) return null;
    for (let cpu = first; cpu <= last; cpu++) cpus.add(cpu);
  }
  return [...cpus].sort((a, b) => a - b);
}

/** The same set in its shortest form. */
export function formatCpuSet(cpus: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const cpu of [...cpus].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last !== undefined && cpu <= last[1] + 1) last[1] = cpu;
    else parts.push([cpu, cpu]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}
