"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { setConsoleControl } from "@/lib/services/vm/set-console-control";

const asked = z.object({
  vmId: z.string().min(1).max(40),
  consoleId: z.string().min(1).max(64).nullable(),
});

export const setConsoleControlAction = action(asked, setConsoleControl);
