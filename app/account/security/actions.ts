"use server";

import { z } from "zod";
import { action, enrolmentAction } from "@/app/action";
import { requestRelyingParty } from "@/app/session";
import { addPasskey, addPasskeySchema, startPasskey } from "@/lib/services/factor/add-passkey";
import { confirmTotp, confirmTotpSchema } from "@/lib/services/factor/confirm-totp";
import { removePasskey, removePasskeySchema } from "@/lib/services/factor/remove-passkey";
import { renamePasskey, renamePasskeySchema } from "@/lib/services/factor/rename-passkey";
import { renewRecoveryCodes } from "@/lib/services/factor/renew-recovery-codes";
import { startTotp } from "@/lib/services/factor/start-totp";
import { turnOffTotp } from "@/lib/services/factor/turn-off-totp";
import { changePassword, changePasswordSchema } from "@/lib/services/user/change-password";
import {
  revokeOtherSessions,
  revokeSession,
  revokeSessionSchema,
} from "@/lib/services/user/revoke-session";

export const changePasswordAction = action(changePasswordSchema, changePassword);

export const revokeSessionAction = action(revokeSessionSchema, revokeSession);

export const revokeOtherSessionsAction = action(z.undefined(), revokeOtherSessions);

export const startTotpAction = enrolmentAction(z.undefined(), startTotp);

export const confirmTotpAction = enrolmentAction(confirmTotpSchema, confirmTotp);

export const turnOffTotpAction = action(z.undefined(), turnOffTotp);

export const startPasskeyAction = enrolmentAction(z.undefined(), async (ctx) =>
  startPasskey(ctx, await requestRelyingParty()),
);

export const addPasskeyAction = enrolmentAction(addPasskeySchema, async (ctx, input) =>
  addPasskey(ctx, input, await requestRelyingParty()),
);

export const renamePasskeyAction = action(renamePasskeySchema, renamePasskey);

export const removePasskeyAction = action(removePasskeySchema, removePasskey);

export const renewRecoveryCodesAction = action(z.undefined(), renewRecoveryCodes);
