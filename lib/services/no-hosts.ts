import type { Hosts } from "@/lib/hypervisor/types";

/** For work on the database alone, outside the portal's process: no host is connected. */
export const noHosts: Hosts = {
  get: () => null,
  list: () => [],
  onChange: () => () => undefined,
};
