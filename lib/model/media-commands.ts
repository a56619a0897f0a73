import { virshLine } from "./virsh-line";

interface Drive {
  domainName: string;
  /** Where its CD drive is: "sda". */
  target: string;
  /** Whether its guest runs, so that it sees the change at once. */
  live: boolean;
}

/** What an image in the drive stands for, by its file; null empties it. */
export function mediaCommands({ domainName, target, live }: Drive, file: string | null): string[] {
  const where = [live && "--live", "--config", live && "--force"];
  const what = file === null ? ["--eject"] : [file, "--update"];
  return [virshLine(["change-media", domainName, target, ...what, ...where])];
}

/** What a rescue stands for: a drive of its own, until the definition of before is back. */
export function rescueCommands(domainName: string, file: string): string[] {
  const drive = ["--type", "cdrom", "--mode", "readonly", "--config"];
  return [
    virshLine(["dumpxml", "--inactive", domainName]).concat(" > before.xml"),
    virshLine(["attach-disk", domainName, file, "sdz", ...drive]),
    virshLine(["edit", domainName]),
    '# in the <disk> of sdz alone: <boot order="1"/>',
    virshLine(["start", domainName]),
    "# when it is mended:",
    virshLine(["define", "before.xml"]),
  ];
}

/** What starting from an image for once stands for; nothing of it is left at the next start. */
export function bootOnceCommands(domainName: string, target: string, file: string): string[] {
  return [
    virshLine(["dumpxml", "--inactive", domainName]).concat(" > before.xml"),
    ...mediaCommands({ domainName, target, live: false }, file),
    virshLine(["edit", domainName]),
    `# in the <disk> of ${target}: <boot order="1"/>`,
    virshLine(["start", domainName]),
    virshLine(["define", "before.xml"]),
  ];
}
