import type { UserMessage } from "./errors";

/** What a VM has to do with templates. */
export interface VmLinks {
  /** Templates that disks of it lie on. */
  templates: { id: string; name: string }[];
  /** What lies on its own disks; without a VM it is a disk that was kept, by the name it has then. */
  clones: { vmId: string | null; name: string }[];
}

const shown = 10;

/** Why a template has to stay as it is: the names of what lies on its disks; null without any. */
export function clonesProblem(clones: VmLinks["clones"]): UserMessage | null {
  if (clones.length === 0) return null;
  const names = clones.map((each) => each.name);
  const listed = names.slice(0, shown).join(", ");
  return {
    key: "template.has_clones",
    values: { count: names.length, names: names.length > shown ? `${listed}, …` : listed },
  };
}
