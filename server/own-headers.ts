import type { IncomingMessage } from "node:http";
import { clientAddressHeader } from "@/lib/auth/request-headers";
import type { Env } from "@/lib/env";
import { clientAddress } from "./client-address";

/**
 * Replaces what a client may only claim by what the server knows: its address, and the host that
 * people type. Next compares a server action's Origin with X-Forwarded-Host when there is one.
 */
export function ownHeaders(
  req: IncomingMessage,
  settings: Pick<Env, "PORTICO_ORIGIN" | "PORTICO_TRUSTED_PROXIES">,
): void {
  req.headers[clientAddressHeader] = clientAddress(req, settings.PORTICO_TRUSTED_PROXIES);
  delete req.headers["x-forwarded-host"];
  if (settings.PORTICO_ORIGIN) {
    req.headers["x-forwarded-host"] = new URL(settings.PORTICO_ORIGIN).host;
  }
}
