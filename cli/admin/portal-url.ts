import { env } from "@/lib/env";

/** Where the portal is, for links that are printed: its address, else this machine's port. */
export function portalUrl(path: string): string {
  const { PORTICO_ORIGIN, PORT } = env();
  return `${PORTICO_ORIGIN ?? `http://localhost:${PORT}`}${path}`;
}
