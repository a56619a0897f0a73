import { type LayoutId, layoutIds } from "@/lib/model/keyboard/layouts";
import { type GroupSwitch, groupSwitches } from "@/lib/model/keyboard/plan-text";

/** How a guest's keyboard is set. */
export interface KeptLayout {
  layout: LayoutId;
  groupSwitch: GroupSwitch | null;
}

const first: KeptLayout = { layout: "us", groupSwitch: null };
const keyOf = (vmId: string) => `portico.keyboard.${vmId}`;

/** What this browser remembers of a VM's keyboard. */
export function readKeptLayout(vmId: string): KeptLayout {
  const [name, toggle] = (window.localStorage.getItem(keyOf(vmId)) ?? "").split(" ");
  const layout = layoutIds.find((each) => each === name);
  if (layout === undefined) return first;
  return { layout, groupSwitch: isGroupSwitch(toggle) ? toggle : null };
}

/** Remembers a VM's keyboard in this browser. */
export function keepLayout(vmId: string, { layout, groupSwitch }: KeptLayout): void {
  window.localStorage.setItem(keyOf(vmId), `${layout} ${groupSwitch ?? ""}`.trim());
}

function isGroupSwitch(name: string | undefined): name is GroupSwitch {
  return name !== undefined && Object.hasOwn(groupSwitches, name);
}
