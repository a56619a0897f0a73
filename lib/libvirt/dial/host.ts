import { protocolError } from "../errors";
import type { LibvirtUri } from "../uri";

/** The host without the brackets of an IPv6 address. */
export function bareHost(uri: LibvirtUri): string {
  if (uri.host === null) throw protocolError(`the URI "${uri.text}" has no host`);
  return uri.host.replace(/^\[|\]$/g, "");
}
