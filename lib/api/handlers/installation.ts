import { listHosts } from "@/lib/services/host/list-hosts";
import { listNetworks } from "@/lib/services/network/list-networks";
import type { hostOperations } from "../spec/hosts";
import type { networkOperations } from "../spec/networks";
import type { HandlersOf } from "./handler";

export const installationHandlers: HandlersOf<
  keyof typeof hostOperations | keyof typeof networkOperations
> = {
  listHosts: async (ctx) => ({ items: await listHosts(ctx) }),
  listNetworks: async (ctx, input) => ({ items: await listNetworks(ctx, input) }),
};
