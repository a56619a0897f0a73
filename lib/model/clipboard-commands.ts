import { virshLine } from "./virsh-line";

/** What it stands for: virsh has no command of its own and opens an editor. */
export function clipboardCommands(domainName: string, clipboard: boolean): string[] {
  const channel = clipboard
    ? '# <channel type="qemu-vdagent"><source><clipboard copypaste="yes"/><mouse mode="server"/></source>…'
    : '# no <channel type="qemu-vdagent">';
  return [virshLine(["edit", domainName]), channel];
}
