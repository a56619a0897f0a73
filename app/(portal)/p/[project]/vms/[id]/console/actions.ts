"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { createConsoleShareSchema, revokeConsoleShareSchema } from "@/lib/model/console-share";
import { createConsoleShare } from "@/lib/services/console-share/create-console-share";
import { listConsoleShares } from "@/lib/services/console-share/list-console-shares";
import { revokeConsoleShare } from "@/lib/services/console-share/revoke-console-share";
import { setConsoleControl } from "@/lib/services/vm/set-console-control";

const asked = z.object({
  vmId: z.string().min(1).max(40),
  consoleId: z.string().min(1).max(64).nullable(),
});

export const setConsoleControlAction = action(asked, setConsoleControl);

const ofVm = z.object({ vmId: z.string().min(1).max(40) });

export const listConsoleSharesAction = action(ofVm, listConsoleShares);
export const createConsoleShareAction = action(createConsoleShareSchema, createConsoleShare);
export const revokeConsoleShareAction = action(revokeConsoleShareSchema, revokeConsoleShare);
