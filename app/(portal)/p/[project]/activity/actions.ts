"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { cancelTask } from "@/lib/services/task/cancel-task";

export const cancelTaskAction = action(z.object({ taskId: z.string().min(1).max(40) }), cancelTask);
