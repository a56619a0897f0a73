import { compareDomains } from "@/lib/hypervisor/xml/definition/compare-domains";
import { inLibvirtsOrder } from "@/lib/hypervisor/xml/libvirts-order";
import { printXml, type XmlElement } from "@/lib/hypervisor/xml/tree";
import { notFound } from "@/lib/model/errors";
import type { VmChange, VmChangePreview, VmVerb, VmVerbInput } from "@/lib/model/vm-change";
import type { Context } from "../../context";
import { findDefinition, shownRoot } from "../definition/find-definition";
import { findVm } from "../find-vm";
import * as disks from "./disks";
import * as machine from "./machine";
import * as nics from "./nics";
import type { ChangePlace, Foreseen } from "./place";

const foreseen: { [V in VmVerb]: Foreseen<V> } = { ...machine, ...disks, ...nics };

/**
 * What a change would make of the definition of a VM's next start: parts and whole XML, as the
 * actor may read them, by the functions that carry it out. Nothing is changed; what the change's
 * own plan refuses changes nothing here either. Throws `not_found` for a device, disk or image that
 * there is not, `input.invalid`, `vm.bad_state` while the VM is made or deleted, and `host.*`.
 */
export async function previewChange(
  ctx: Context,
  { vmId, change }: { vmId: string; change: VmChange },
): Promise<VmChangePreview> {
  const row = await findVm(ctx, vmId, "vm.read");
  const { host, live, now, next } = await findDefinition(ctx, row);
  const changed = await foresee({ ctx, row, host, live, root: next.root }, change);
  if (changed === null) throw notFound(`what ${change.verb} of ${vmId} names`);
  const shown = (root: XmlElement) => inLibvirtsOrder(shownRoot(ctx, root));
  const before = shown(next.root);
  const after = shown(changed);
  return {
    changes: compareDomains(before, after, now !== null),
    before: printXml(before),
    after: printXml(after),
  };
}

/** Of one verb, so that the types of its input meet. */
async function foresee<V extends VmVerb>(
  at: ChangePlace,
  { verb, input }: { verb: V; input: VmVerbInput<V> },
): Promise<XmlElement | null> {
  return foreseen[verb](at, input);
}
