"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { createToken, createTokenSchema } from "@/lib/services/token/create-token";
import { revokeToken } from "@/lib/services/token/revoke-token";

export const createTokenAction = action(createTokenSchema, createToken);

export const revokeTokenAction = action(
  z.object({ tokenId: z.string().min(1).max(40) }),
  revokeToken,
);
