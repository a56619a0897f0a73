import type { DomainRef } from "@/lib/libvirt";
import { isAppError, notFound } from "@/lib/model/errors";
import type { VmState } from "@/lib/model/vm-state";
import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host, LiveVm } from "../types";

/** libvirt's reference of a domain. Throws `not_found` when there is none of that UUID. */
export async function domainRefOf(host: Host, uuid: string): Promise<DomainRef> {
  return (await linkOf(host).call("domainLookupByUuid", { uuid })).dom;
}

export interface ModifyOptions {
  /** The states that the change leads to: a refusal because it is there already is no error. */
  goal?: readonly VmState[];
  /** Does not wait for an earlier change: for what must work when that one hangs. */
  urgent?: boolean;
}

/**
 * Does one change of a domain in its turn and reads it back: the answer is what libvirt says
 * afterwards, not what was asked. Throws `not_found`, `vm.bad_state` or a `host.*` error.
 */
export async function modify(
  host: Host,
  uuid: string,
  change: (dom: DomainRef) => Promise<unknown>,
  options: ModifyOptions = {},
): Promise<LiveVm> {
  const work = async () => change(await domainRefOf(host, uuid));
  try {
    if (options.urgent) await work();
    else await linkOf(host).turns.take(uuid, PERSON_DEADLINE_MS, work);
  } catch (error) {
    const vm = await host.inventory.refresh(uuid).catch(() => null);
    const reached = vm !== null && (options.goal ?? []).includes(vm.state);
    if (reached && isAppError(error, "vm.bad_state")) return vm;
    throw error;
  }
  const vm = await host.inventory.refresh(uuid);
  if (vm === null) throw notFound("the domain");
  return vm;
}
