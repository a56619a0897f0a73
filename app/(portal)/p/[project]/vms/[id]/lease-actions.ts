"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { extendLease } from "@/lib/services/lease/extend-lease";
import { setLease, setLeaseSchema } from "@/lib/services/lease/set-lease";

export const extendLeaseAction = action(z.object({ vmId: z.string().min(1).max(40) }), extendLease);

export const setLeaseAction = action(setLeaseSchema, setLease);
