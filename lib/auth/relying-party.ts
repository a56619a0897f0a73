import { isIP } from "node:net";
import { type OriginFacts, ownOrigin } from "./origin";

/** Who a passkey is made for. */
export interface RelyingParty {
  /** The host name; a passkey works nowhere else. */
  id: string;
  origin: string;
}

/**
 * The portal as browsers see it: `PORTICO_ORIGIN`, or the request's own host. Null where no
 * browser does WebAuthn: at a bare address, or over plain http on anything but localhost.
 */
export function relyingParty(
  facts: Pick<OriginFacts, "host">,
  configured?: string,
): RelyingParty | null {
  const origin = ownOrigin(facts, configured);
  if (origin === undefined || !URL.canParse(origin)) return null;
  const { hostname, protocol } = new URL(origin);
  const local = hostname === "localhost" || hostname.endsWith(".localhost");
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0 || (protocol !== "https:" && !local))
    return null;
  return { id: hostname, origin };
}
