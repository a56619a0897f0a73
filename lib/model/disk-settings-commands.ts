import type { DiskSettingsPlan } from "./disk-settings-plan";
import { virshLine } from "./virsh-line";

/** What other settings of a disk stand for: virsh has no command of its own and opens an editor. */
export function diskSettingsCommands(
  domainName: string,
  target: string,
  { changes, wanted }: Pick<DiskSettingsPlan, "changes" | "wanted">,
): string[] {
  if (changes.length === 0) return [];
  const has = (field: string) => changes.some((change) => change.field === field);
  const { bus, cache, discard, serial } = wanted;
  const driver = [
    ...(has("cache") ? [`cache="${cache}"`] : []),
    ...(has("discard") ? [`discard="${discard}"`] : []),
  ];
  return [
    virshLine(["edit", domainName]),
    `# in the <disk> of ${target}:`,
    ...(has("bus") ? [`# <target dev="${target}" bus="${bus}"/>, without <address>`] : []),
    ...(driver.length > 0 ? [`# <driver … ${driver.join(" ")}/>`] : []),
    ...(has("serial") ? [serial === null ? "# no <serial>" : `# <serial>${serial}</serial>`] : []),
  ];
}
