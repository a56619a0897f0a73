"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { changePassword, changePasswordSchema } from "@/lib/services/user/change-password";
import {
  revokeOtherSessions,
  revokeSession,
  revokeSessionSchema,
} from "@/lib/services/user/revoke-session";

export const changePasswordAction = action(changePasswordSchema, changePassword);

export const revokeSessionAction = action(revokeSessionSchema, revokeSession);

export const revokeOtherSessionsAction = action(z.undefined(), revokeOtherSessions);
