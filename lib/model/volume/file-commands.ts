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
