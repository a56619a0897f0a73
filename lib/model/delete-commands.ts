import { virshLine } from "./virsh-line";

interface Doomed {
  domainName: string;
  /** Null when it is off. */
  bootId: string | null;
}

/** What deleting a VM stands for. */
export function deleteCommands({ domainName, bootId }: Doomed, keepDisks: boolean): string[] {
  const along = ["--managed-save", "--snapshots-metadata", "--checkpoints-metadata", "--nvram"];
  return [
    ...(bootId === null ? [] : [virshLine(["destroy", domainName])]),
    virshLine(["undefine", domainName, ...along, !keepDisks && "--remove-all-storage"]),
  ];
}
