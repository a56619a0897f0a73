import type { ActionResult } from "@/lib/model/result";
import type { WatchInput, WatchView } from "@/lib/model/watch/watch";

/** What the page gives a dialog that deals with watches. */
export interface WatchActions {
  list: (input: { vmId: string }) => Promise<ActionResult<WatchView[]>>;
  add: (input: {
    vmId: string;
    watch: WatchInput;
  }) => Promise<ActionResult<{ watch: WatchView; hookSecret: string | null }>>;
  remove: (input: { vmId: string; watchId: string }) => Promise<ActionResult<void>>;
}
