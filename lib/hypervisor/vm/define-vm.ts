import { chooseFilter } from "../choose-filter";
import { directIoWorks } from "../direct-io";
import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { DomainSpec, Host } from "../types";
import { buildDomain } from "../xml/build-domain";

const VALIDATE = 1;
/** libvirt may look into QEMU's abilities first, which takes long on a loaded machine. */
const DEFINE_DEADLINE_MS = 60_000;

/**
 * Defines the VM of a spec; the same spec again changes nothing. Throws `conflict.exists` when
 * another domain has its name, `not_found` without its pool, `host.refused` with libvirt's words when it does not take it.
 */
export async function defineVm(host: Host, spec: DomainSpec): Promise<void> {
  const link = linkOf(host);
  const directIo = link.isLocal && (await directIoWorks(link, spec.disk.pool));
  const filter = await chooseFilter(link, spec.network);
  const xml = buildDomain(spec, { directIo, filter });
  const options = { deadlineMs: DEFINE_DEADLINE_MS };
  await link.turns.take(spec.uuid, PERSON_DEADLINE_MS, () =>
    link.call("domainDefineXmlFlags", { xml, flags: VALIDATE }, options),
  );
  await host.inventory.refresh(spec.uuid);
}
