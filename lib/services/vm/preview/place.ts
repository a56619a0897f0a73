import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import type { XmlElement } from "@/lib/hypervisor/xml/tree";
import type { VmVerb, VmVerbInput } from "@/lib/model/vm-change";
import type { Context } from "../../context";

/** What a change is looked at from: the VM, and the definition of its next start. */
export interface ChangePlace {
  ctx: Context;
  row: Vm;
  host: Host;
  live: LiveVm;
  root: XmlElement;
}

/** The definition that a verb leads to; null when the VM has not what it names. */
export type Foreseen<V extends VmVerb> = (
  at: ChangePlace,
  input: VmVerbInput<V>,
) => Promise<XmlElement | null> | XmlElement | null;
