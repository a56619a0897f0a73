"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { guestPasswordSchema, guestUserSchema } from "@/lib/model/guest/guest";
import { setGuestPassword } from "@/lib/services/vm/set-guest-password";

/** Inside the guest, by its agent. */
export const setGuestPasswordAction = action(
  z.object({
    vmId: z.string().min(1).max(40),
    user: guestUserSchema,
    password: guestPasswordSchema,
  }),
  setGuestPassword,
);
