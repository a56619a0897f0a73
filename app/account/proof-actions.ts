"use server";

import { z } from "zod";
import { keepSecret } from "@/app/(auth)/session-cookies";
import { enrolmentAction } from "@/app/action";
import { requestRelyingParty } from "@/app/session";
import { proofSchema } from "@/lib/model/proof";
import { confirmIdentity } from "@/lib/services/factor/confirm-identity";
import { proofWays } from "@/lib/services/factor/proof-ways";

export const proofWaysAction = enrolmentAction(z.undefined(), async (ctx) =>
  proofWays(ctx, await requestRelyingParty()),
);

export const confirmIdentityAction = enrolmentAction(proofSchema, async (ctx, proof) => {
  const secret = await confirmIdentity(ctx, proof, await requestRelyingParty());
  if (secret !== null) await keepSecret(secret);
});
