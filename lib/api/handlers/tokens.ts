import { createToken } from "@/lib/services/token/create-token";
import { listTokens } from "@/lib/services/token/list-tokens";
import { revokeToken } from "@/lib/services/token/revoke-token";
import type { tokenOperations } from "../spec/tokens";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";

export const tokenHandlers: HandlersOf<keyof typeof tokenOperations> = {
  whoAmI: async ({ actor }) => ({
    userId: actor.userId,
    name: actor.name,
    email: actor.email,
    isAdmin: actor.isAdmin,
    isAuditor: actor.isAuditor,
    memberships: actor.memberships.map(({ projectId, role }) => ({ projectId, role })),
    token: actor.token && {
      id: actor.token.id,
      name: actor.token.name,
      projectId: actor.token.projectId,
      scopes: [...actor.token.scopes],
    },
  }),
  listTokens: async (ctx) => ({ items: await listTokens(ctx, { projectId: null }) }),
  createToken: (ctx, input) => createToken(ctx, { ...input, projectId: null }),
  revokeToken: (ctx, input) => noContent(revokeToken(ctx, input)),
  listProjectTokens: async (ctx, input) => ({ items: await listTokens(ctx, input) }),
  createProjectToken: createToken,
};
