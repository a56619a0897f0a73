import { freezeGuest } from "@/lib/services/freeze/freeze-guest";
import { getFreeze } from "@/lib/services/freeze/get-freeze";
import { thawGuest } from "@/lib/services/freeze/thaw-guest";
import { getGuest } from "@/lib/services/vm/get-guest";
import { getMemory } from "@/lib/services/vm/get-memory";
import { setGuestPassword } from "@/lib/services/vm/set-guest-password";
import type { guestMemoryOperations } from "../spec/guest-memory";
import type { guestOperations } from "../spec/guests";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";

export const guestHandlers: HandlersOf<
  keyof (typeof guestOperations & typeof guestMemoryOperations)
> = {
  getVmGuest: (ctx, input) => getGuest(ctx, input),
  getVmMemory: (ctx, input) => getMemory(ctx, input),
  setVmGuestPassword: (ctx, input) => noContent(setGuestPassword(ctx, input)),
  getVmFreeze: (ctx, input) => getFreeze(ctx, input),
  freezeVmGuest: (ctx, input) => freezeGuest(ctx, input),
  thawVmGuest: (ctx, input) => thawGuest(ctx, input),
};
