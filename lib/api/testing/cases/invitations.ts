import type { invitationOperations } from "../../spec/invitations";
import type { ApiWorld } from "../api-world";
import type { CasesOf } from "./case";

const manyInvitations = async ({ world }: ApiWorld) => {
  const invitation = {
    email: "open@example.org",
    projectId: world.project,
    role: "member" as const,
    invitedById: world.owner.actor.userId,
    invitedByName: "owner",
    expiresAt: new Date(Date.now() + 3_600_000),
  };
  await world.db.invitation.createMany({
    data: Array.from({ length: 100 }, (_, n) => ({
      ...invitation,
      id: `i${n}`,
      tokenHash: `h${n}`,
    })),
  });
};

export const invitationCases: CasesOf<typeof invitationOperations> = {
  listInvitations: { as: "owner", input: ({ ids }) => ({ projectId: ids.projectId }) },
  createInvitation: {
    as: "owner",
    input: ({ ids }) => ({ email: "new@example.org", projectId: ids.projectId, role: "viewer" }),
    refusals: [
      ["input.invalid", { role: null }],
      ["conflict.exists", ({ world }) => ({ email: world.member.actor.email })],
      ["conflict.rule", {}, manyInvitations],
    ],
  },
  resendInvitation: { as: "owner", input: ({ ids }) => ({ invitationId: ids.invitationId }) },
  revokeInvitation: { as: "owner", input: ({ ids }) => ({ invitationId: ids.invitationId }) },
};
