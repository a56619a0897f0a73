import type { ResizePlan } from "./resize-plan";
import { virshLine } from "./virsh-line";
import type { VmSizes } from "./vm";

interface Resized {
  domainName: string;
  next: VmSizes;
}

/** What a plan stands for: first the running guest, then the definition of its next start. */
export function resizeCommands(vm: Resized, plan: ResizePlan): string[] {
  if (!plan.possible || !plan.changes) return [];
  return [...liveCommands(vm.domainName, plan), ...nextCommands(vm, plan)];
}

function liveCommands(name: string, { vcpus, memory, moduleKib }: ResizePlan): string[] {
  const lines: string[] = [];
  if (vcpus.how === "hot_add") lines.push(virshLine(["setvcpus", name, `${vcpus.to}`, "--live"]));
  if (vcpus.how === "guest_offline" || vcpus.how === "guest_online") {
    lines.push(virshLine(["setvcpus", name, `${vcpus.to}`, "--guest"]));
  }
  if (moduleKib !== null) {
    const target = `<target><size unit="KiB">${moduleKib}</size><node>0</node></target>`;
    lines.push(
      virshLine(["attach-device", name, "module.xml", "--live"]),
      `# module.xml: <memory model="dimm">${target}</memory>`,
    );
  }
  if (memory.how === "balloon" || memory.how === "module") {
    lines.push(virshLine(["setmem", name, `${memory.to}`, "--live"]));
  }
  return lines;
}

function nextCommands({ domainName, next: was }: Resized, plan: ResizePlan): string[] {
  const { next, modules, modulesLimitKib } = plan;
  const set = (verb: string, size: number, ...flags: string[]) =>
    virshLine([verb, domainName, `${size}`, ...flags, "--config"]);
  const vcpus = next.vcpus === was.vcpus ? [] : [set("setvcpus", next.vcpus)];
  const maximum =
    next.maxVcpus === was.maxVcpus ? [] : [set("setvcpus", next.maxVcpus, "--maximum")];
  const memory = next.memoryKib === was.memoryKib ? [] : [set("setmem", next.memoryKib)];
  const ceiling =
    next.maxMemoryKib === was.maxMemoryKib ? [] : [set("setmaxmem", next.maxMemoryKib)];
  const places =
    modules.when === "unchanged"
      ? []
      : [
          virshLine(["edit", domainName]),
          modulesLimitKib === null
            ? "# no <maxMemory>"
            : `# <maxMemory slots="…" unit="KiB">${modulesLimitKib}</maxMemory>`,
        ];
  // Neither a maximum below what there is, nor more than the maximum, is taken.
  const grows = next.maxVcpus >= was.vcpus;
  const fits = next.maxMemoryKib >= was.memoryKib;
  return [
    ...(grows ? [...maximum, ...vcpus] : [...vcpus, ...maximum]),
    ...(fits ? [...ceiling, ...memory] : [...memory, ...ceiling]),
    ...places,
  ];
}
