import { virshLine } from "./virsh-line";

/** What a backup of a VM stands for: `running` by its QEMU, else by copies of its volumes. */
export function backupCommands(vm: {
  domainName: string;
  running: boolean;
  quiesce: boolean;
  /** Its disks' volumes; null of one that lies in no pool. */
  volumes: readonly { pool: string | null; volume: string | null }[];
}): string[] {
  const { domainName, running, quiesce, volumes } = vm;
  const definition = `${virshLine(["dumpxml", "--inactive", domainName])} > ${domainName}.xml`;
  if (!running) {
    const copies = volumes.flatMap(({ pool, volume }) =>
      pool === null || volume === null
        ? []
        : [
            `qemu-img convert -p -O qcow2 "$(${virshLine(["vol-path", "--pool", pool, volume])})" ${volume}`,
          ],
    );
    return [definition, ...copies];
  }
  const begin = virshLine(["backup-begin", domainName]);
  const held = [
    virshLine(["domfsfreeze", domainName]),
    begin,
    virshLine(["domfsthaw", domainName]),
  ];
  return [definition, ...(quiesce ? held : [begin]), virshLine(["domjobinfo", domainName])];
}
