import type { FreezeView } from "@/lib/model/guest/freeze";
import type { ActionResult } from "@/lib/model/result";

export type SetGuestPasswordAction = (input: {
  vmId: string;
  user: string;
  password: string;
}) => Promise<ActionResult<void>>;

export type FreezeGuestAction = (input: {
  vmId: string;
  seconds: number;
  mountpoints?: string[];
}) => Promise<ActionResult<FreezeView>>;

export type ThawGuestAction = (input: { vmId: string }) => Promise<ActionResult<FreezeView>>;
