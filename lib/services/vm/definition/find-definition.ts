import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { type ReadDefinition, readDefinitions } from "@/lib/hypervisor/vm/read-definition";
import { atRest } from "@/lib/hypervisor/xml/definition/at-rest";
import { veiled } from "@/lib/hypervisor/xml/definition/veil";
import { printXml, type XmlElement } from "@/lib/hypervisor/xml/tree";
import type { DefinitionText } from "@/lib/model/definition";
import { can } from "@/lib/policies/can";
import type { Context } from "../../context";
import { requireLive } from "../find-vm";

export interface FoundDefinition {
  host: Host;
  live: LiveVm;
  now: ReadDefinition | null;
  next: ReadDefinition;
}

/** A VM's definitions as its host has them this moment. Throws `vm.bad_state` and `host.*`. */
export async function findDefinition(ctx: Context, row: Vm): Promise<FoundDefinition> {
  const { host } = requireLive(ctx, row, { evenSaved: true });
  const { live: now, next } = await readDefinitions(host, row.uuid);
  const live =
    (await host.inventory.refresh(row.uuid)) ?? requireLive(ctx, row, { evenSaved: true }).live;
  return { host, live, now, next };
}

/** Whether facts of the host are hidden from the actor. */
export function hidesHost(ctx: Context): boolean {
  return !can(ctx.actor, "host.read");
}

/** A definition as the actor may read it. */
export function shownText(ctx: Context, { root, digest }: ReadDefinition): DefinitionText {
  return { xml: printXml(shownRoot(ctx, root)), digest };
}

/** The same as a tree. What a run has added, such as taps and sockets, is the host's as well. */
export function shownRoot(ctx: Context, root: XmlElement): XmlElement {
  return hidesHost(ctx) ? veiled(atRest(root)) : root;
}
