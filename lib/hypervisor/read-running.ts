import type { DomainRef } from "@/lib/libvirt";
import { AppError } from "@/lib/model/errors";
import { linkOf } from "./link";
import type { Host } from "./types";
import { domainRefOf } from "./vm/modify";
import { type ParsedDomain, parseDomain } from "./xml/parse-domain";

/**
 * The live definition of a running guest, asked for now, with libvirt's number of this start.
 * Throws `vm.bad_state` when it is off, `not_found` or a `host.*` error.
 */
export async function readRunning(
  host: Host,
  uuid: string,
): Promise<{ dom: DomainRef; domain: ParsedDomain; id: number }> {
  const dom = await domainRefOf(host, uuid);
  const { xml } = await linkOf(host).call("domainGetXmlDesc", { dom, flags: 0 });
  const domain = parseDomain(xml);
  if (domain.id !== null) return { dom, domain, id: domain.id };
  throw new AppError({ code: "vm.bad_state", message: "the console of a guest that is off" });
}
