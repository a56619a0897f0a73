import { createInvitation } from "@/lib/services/invitation/create-invitation";
import { listInvitations } from "@/lib/services/invitation/list-invitations";
import { resendInvitation } from "@/lib/services/invitation/resend-invitation";
import { revokeInvitation } from "@/lib/services/invitation/revoke-invitation";
import type { invitationOperations } from "../spec/invitations";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";
import { pageOfList } from "./paged";

export const invitationHandlers: HandlersOf<keyof typeof invitationOperations> = {
  listInvitations: async (ctx, query) =>
    pageOfList(await listInvitations(ctx, { projectId: query.projectId ?? null }), query, {
      id: (each) => each.id,
      key: (each) => each.createdAt,
    }),
  createInvitation,
  resendInvitation,
  revokeInvitation: (ctx, input) => noContent(revokeInvitation(ctx, input)),
};
