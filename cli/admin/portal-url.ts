import { env, portalAddress } from "@/lib/env";

/** Where the portal is, for links that are printed: its address, else this machine's port. */
export function portalUrl(path: string): string {
  return `${portalAddress() ?? `http://localhost:${env().PORT}`}${path}`;
}
