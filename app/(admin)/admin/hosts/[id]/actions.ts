"use server";

import { action } from "@/app/action";
import { hugePagesSchema, schedulerSchema } from "@/lib/model/tuning";
import { setHugePages } from "@/lib/services/tuning/set-huge-pages";
import { setScheduler } from "@/lib/services/tuning/set-scheduler";

export const setHugePagesAction = action(hugePagesSchema, setHugePages);
export const setSchedulerAction = action(schedulerSchema, setScheduler);
