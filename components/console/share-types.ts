import type { ConsoleShareView } from "@/lib/model/console-share";
import type { ActionResult } from "@/lib/model/result";

/** What can be done with links to a VM's screen. */
export interface ShareActions {
  list(input: { vmId: string }): Promise<ActionResult<ConsoleShareView[]>>;
  create(input: {
    vmId: string;
    name: string;
    minutes: number;
    maxVisits: number | null;
  }): Promise<ActionResult<{ share: ConsoleShareView; path: string }>>;
  revoke(input: { vmId: string; shareId: string }): Promise<ActionResult<void>>;
}
