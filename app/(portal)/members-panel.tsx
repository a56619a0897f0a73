import { getTranslations } from "next-intl/server";
import { reasons } from "@/app/why-not";
import { InvitationTable } from "@/components/project/invitation-table";
import { InviteForm } from "@/components/project/invite-form";
import { MemberTable } from "@/components/project/member-table";
import { RolesCard } from "@/components/project/roles-card";
import { can } from "@/lib/policies/can";
import type { Context } from "@/lib/services/context";
import { listInvitations } from "@/lib/services/invitation/list-invitations";
import { listMembers } from "@/lib/services/project/list-members";
import {
  addMemberAction,
  changeRoleAction,
  inviteAction,
  leaveProjectAction,
  removeMemberAction,
  resendInvitationAction,
  revokeInvitationAction,
} from "./member-actions";

interface MembersPanelProps {
  ctx: Context;
  project: { id: string; name: string };
}

/** A project's people: for its own page and for that of administration. */
export async function MembersPanel({ ctx, project }: MembersPanelProps) {
  const { id: projectId } = project;
  const seesInvitations = can(ctx.actor, "invitation.read", projectId);
  const [t, why, members, invitations] = await Promise.all([
    getTranslations("project"),
    reasons(ctx, projectId),
    listMembers(ctx, { projectId }),
    seesInvitations ? listInvitations(ctx, { projectId }) : [],
  ]);
  const manage = why("member.manage");
  return (
    <>
      <MemberTable
        project={{ id: projectId, name: project.name }}
        members={members}
        ownId={ctx.actor.userId}
        forbidden={{ manage, leave: why("project.leave") }}
        actions={{
          changeRole: changeRoleAction,
          remove: removeMemberAction,
          leave: leaveProjectAction,
        }}
      />
      <InviteForm
        projectId={projectId}
        forbidden={manage}
        invite={inviteAction}
        resend={resendInvitationAction}
        add={can(ctx.actor, "user.manage") ? addMemberAction : null}
      />
      {seesInvitations && (
        <section className="flex flex-col gap-2">
          <h2 className="font-semibold">{t("invitations.title")}</h2>
          <InvitationTable
            invitations={invitations}
            forbidden={{ manage, rights: why("user.manage") }}
            actions={{ resend: resendInvitationAction, revoke: revokeInvitationAction }}
          />
        </section>
      )}
      <RolesCard />
    </>
  );
}
