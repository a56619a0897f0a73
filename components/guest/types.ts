import type { ActionResult } from "@/lib/model/result";

export type SetGuestPasswordAction = (input: {
  vmId: string;
  user: string;
  password: string;
}) => Promise<ActionResult<void>>;
