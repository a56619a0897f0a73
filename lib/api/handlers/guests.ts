import { getGuest } from "@/lib/services/vm/get-guest";
import { setGuestPassword } from "@/lib/services/vm/set-guest-password";
import type { guestOperations } from "../spec/guests";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";

export const guestHandlers: HandlersOf<keyof typeof guestOperations> = {
  getVmGuest: (ctx, input) => getGuest(ctx, input),
  setVmGuestPassword: (ctx, input) => noContent(setGuestPassword(ctx, input)),
};
