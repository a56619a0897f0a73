"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { createConsoleShareSchema, revokeConsoleShareSchema } from "@/lib/model/console-share";
import { watchSchema } from "@/lib/model/watch/watch";
import { createConsoleShare } from "@/lib/services/console-share/create-console-share";
import { listConsoleShares } from "@/lib/services/console-share/list-console-shares";
import { revokeConsoleShare } from "@/lib/services/console-share/revoke-console-share";
import { setConsoleControl } from "@/lib/services/vm/set-console-control";
import { addWatch } from "@/lib/services/watch/add-watch";
import { listWatches } from "@/lib/services/watch/list-watches";
import { removeWatch } from "@/lib/services/watch/remove-watch";

const id = z.string().min(1).max(40);
const asked = z.object({
  vmId: id,
  consoleId: z.string().min(1).max(64).nullable(),
});

export const setConsoleControlAction = action(asked, setConsoleControl);

const ofVm = z.object({ vmId: id });

export const listConsoleSharesAction = action(ofVm, listConsoleShares);
export const createConsoleShareAction = action(createConsoleShareSchema, createConsoleShare);
export const revokeConsoleShareAction = action(revokeConsoleShareSchema, revokeConsoleShare);

export const listWatchesAction = action(ofVm, listWatches);

export const addWatchAction = action(
  z.object({ vmId: id, watch: watchSchema }),
  (ctx, { vmId, watch }) => addWatch(ctx, { ...watch, vmId }),
);

export const removeWatchAction = action(z.object({ vmId: id, watchId: id }), removeWatch);
