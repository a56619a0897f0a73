import { virshLine } from "../virsh-line";

/** What the page of a disk's file stands for. */
export function fileCommands(file: { pool: string; volume: string; running: boolean }): string[] {
  const { pool, volume, running } = file;
  const named = (verb: string, ...more: string[]) =>
    virshLine([verb, ...more, "--pool", pool, volume]);
  const path = named("vol-path");
  return [
    named("vol-info", "--bytes"),
    named("vol-dumpxml"),
    // Beside a guest that writes, qemu-img has to be told not to lock the file.
    `qemu-img info${running ? " -U" : ""} --backing-chain "$(${path})"`,
  ];
}

/**
 * What writing a disk's file anew stands for. The new file is made first: then it has its place in
 * the pool, and qemu-img only fills it.
 */
export function rewriteCommands(file: {
  pool: string;
  volume: string;
  format: string;
  to: string;
  capacityBytes: number;
  /** Whose definition is to name the new file; null for a copy. */
  domainName: string | null;
}): string[] {
  const { pool, volume, format, to, capacityBytes, domainName } = file;
  const made = `${volume.replace(/\.[a-z0-9]+$/, "")}-new.${to}`;
  const path = (name: string) => `"$(${virshLine(["vol-path", "--pool", pool, name])})"`;
  const make = ["vol-create-as", pool, made, String(capacityBytes), "--format", to];
  return [
    virshLine(make),
    `qemu-img convert -n -p -f ${format} -O ${to} ${path(volume)} ${path(made)}`,
    ...(domainName === null ? [] : [virshLine(["edit", domainName])]),
  ];
}

/** What a check stands for. */
export function checkCommand({ pool, volume }: { pool: string; volume: string }): string {
  return `qemu-img check -f qcow2 "$(${virshLine(["vol-path", "--pool", pool, volume])})"`;
}
