"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { freezeSchema } from "@/lib/model/guest/freeze";
import { guestPasswordSchema, guestUserSchema } from "@/lib/model/guest/guest";
import { freezeGuest } from "@/lib/services/freeze/freeze-guest";
import { thawGuest } from "@/lib/services/freeze/thaw-guest";
import { setGuestPassword } from "@/lib/services/vm/set-guest-password";

const vmId = z.string().min(1).max(40);

/** Inside the guest, by its agent. */
export const setGuestPasswordAction = action(
  z.object({
    vmId,
    user: guestUserSchema,
    password: guestPasswordSchema,
  }),
  setGuestPassword,
);

export const freezeGuestAction = action(freezeSchema.extend({ vmId }), freezeGuest);

export const thawGuestAction = action(z.object({ vmId }), thawGuest);
