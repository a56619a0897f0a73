"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { proofSchema } from "@/lib/model/proof";
import { confirmIdentity, proofWays } from "@/lib/services/factor/confirm-identity";

export const proofWaysAction = action(z.undefined(), proofWays);

export const confirmIdentityAction = action(proofSchema, confirmIdentity);
