import type { Recovery } from "./recovery";
import { virshLine } from "./virsh-line";

/** What it stands for: virsh has no command of its own and opens an editor. */
export function recoveryCommands(domainName: string, { onPanic, watchdog }: Recovery): string[] {
  const crash = onPanic === "restart" ? "restart" : "destroy";
  return [
    virshLine(["edit", domainName]),
    ...(onPanic === "ignore"
      ? ["# no <panic>"]
      : [`# <on_crash>${crash}</on_crash>`, '# <panic model="isa"/>']),
    watchdog === "none" ? "# no <watchdog>" : `# <watchdog model="i6300esb" action="${watchdog}"/>`,
  ];
}
