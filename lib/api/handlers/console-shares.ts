import { createConsoleShare } from "@/lib/services/console-share/create-console-share";
import { listConsoleShares } from "@/lib/services/console-share/list-console-shares";
import { revokeConsoleShare } from "@/lib/services/console-share/revoke-console-share";
import type { consoleShareOperations } from "../spec/console-shares";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";

export const consoleShareHandlers: HandlersOf<keyof typeof consoleShareOperations> = {
  listConsoleShares: async (ctx, input) => ({ items: await listConsoleShares(ctx, input) }),
  createConsoleShare,
  revokeConsoleShare: (ctx, input) => noContent(revokeConsoleShare(ctx, input)),
};
