import { reconcile } from "@/lib/tasks/reconcile";
import { silentLog } from "../silent-log";
import type { Played, Verbs } from "./move";

/** What the portal does by itself, whatever is under way. */
export const portalVerbs = {
  reconcile: ({ ctx: { db, hosts }, uploadsDir }) =>
    reconcile({ db, hosts, log: silentLog, uploadsDir }),
} satisfies Verbs<Played>;
