"use server";

import { action } from "@/app/action";
import {
  clearSecondFactors,
  clearSecondFactorsSchema,
} from "@/lib/services/factor/clear-second-factors";
import {
  createInvitation,
  createInvitationSchema,
} from "@/lib/services/invitation/create-invitation";
import { deleteUser, deleteUserSchema } from "@/lib/services/user/delete-user";
import { makeResetLink } from "@/lib/services/user/make-reset-link";
import { setUserDisabled, setUserDisabledSchema } from "@/lib/services/user/set-user-disabled";
import { setUserRight, setUserRightSchema } from "@/lib/services/user/set-user-right";
import { signOutUser } from "@/lib/services/user/sign-out-user";
import { userIdSchema } from "@/lib/services/user/user-rules";

export const inviteUserAction = action(createInvitationSchema, createInvitation);

export const setUserRightAction = action(setUserRightSchema, setUserRight);

export const setUserDisabledAction = action(setUserDisabledSchema, setUserDisabled);

export const signOutUserAction = action(userIdSchema, signOutUser);

export const makeResetLinkAction = action(userIdSchema, makeResetLink);

export const clearSecondFactorsAction = action(clearSecondFactorsSchema, clearSecondFactors);

export const deleteUserAction = action(deleteUserSchema, deleteUser);
