import type { TunedParts } from "./tuning";
import { virshLine } from "./virsh-line";

/** What tuning stands for: virsh has a command for memory cells, and an editor for the rest. */
export function tuneCommands(domainName: string, asked: TunedParts): string[] {
  const { hugePages, memoryCells, ioThreads, disks } = asked;
  const cells = memoryCells?.join(",");
  return [
    ...(cells === undefined
      ? []
      : [virshLine(["numatune", domainName, "--mode", "strict", "--nodeset", cells, "--config"])]),
    virshLine(["edit", domainName]),
    hugePages
      ? "# <memoryBacking><hugepages/></memoryBacking>"
      : "# no <hugepages> in <memoryBacking>",
    ...(cells === undefined ? ["# no <memory> in <numatune>"] : []),
    ioThreads > 0 ? `# <iothreads>${ioThreads}</iothreads>` : "# no <iothreads>",
    ...disks.map(({ target, ioThread }) =>
      ioThread === null
        ? `# in the <disk> of ${target}: no iothread in <driver>`
        : `# in the <disk> of ${target}: <driver … iothread="${ioThread}"/>`,
    ),
  ];
}
