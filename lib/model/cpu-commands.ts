import { cpuModes } from "./cpu";
import type { CpuPlan } from "./cpu-plan";
import { virshLine } from "./virsh-line";

/** What a plan stands for: virsh sets the maximum alone, and opens an editor for the rest. */
export function cpuCommands(domainName: string, { maxVcpus, cpu }: CpuPlan): string[] {
  const { topology, model } = cpu;
  const { sockets, cores, threads } = topology;
  const mode = cpuModes.find((each) => each === model);
  const head =
    mode === undefined ? `<cpu mode="custom"><model>${model}</model>` : `<cpu mode="${mode}">`;
  return [
    virshLine(["edit", domainName]),
    `# <vcpu current="…">${maxVcpus}</vcpu>`,
    ...(model === null ? [] : [`# ${head}`]),
    `# <topology sockets="${sockets}" cores="${cores}" threads="${threads}"/>`,
  ];
}
