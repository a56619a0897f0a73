"use server";

import { action } from "@/app/action";
import {
  createInvitation,
  createInvitationSchema,
} from "@/lib/services/invitation/create-invitation";
import {
  resendInvitation,
  resendInvitationSchema,
} from "@/lib/services/invitation/resend-invitation";
import { invitationIdSchema, revokeInvitation } from "@/lib/services/invitation/revoke-invitation";
import { addMember, addMemberSchema } from "@/lib/services/project/add-member";
import { changeRole, changeRoleSchema } from "@/lib/services/project/change-role";
import { leaveProject, leaveProjectSchema } from "@/lib/services/project/leave-project";
import { removeMember, removeMemberSchema } from "@/lib/services/project/remove-member";

export const inviteAction = action(createInvitationSchema, createInvitation);
export const resendInvitationAction = action(resendInvitationSchema, resendInvitation);
export const revokeInvitationAction = action(invitationIdSchema, revokeInvitation);
export const addMemberAction = action(addMemberSchema, async (ctx, input) => {
  await addMember(ctx, input);
  return null;
});
export const changeRoleAction = action(changeRoleSchema, changeRole);
export const removeMemberAction = action(removeMemberSchema, removeMember);
export const leaveProjectAction = action(leaveProjectSchema, leaveProject);
