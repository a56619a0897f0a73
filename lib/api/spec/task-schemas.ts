import { z } from "zod";
import { type TaskView, taskKinds, taskStates } from "@/lib/model/task";
import { idSchema, timeSchema } from "./fields";

export const taskSchema = z
  .object({
    id: idSchema,
    projectId: idSchema.nullable(),
    kind: z.enum(taskKinds),
    state: z
      .enum(taskStates)
      .describe("Ends as done, failed or cancelled; unknown: the portal looks what happened."),
    progressPercent: z.number().nullable().describe("0 to 100; null when it cannot be told."),
    error: z
      .object({
        key: z.string(),
        detail: z.string().describe("For a person, in the language asked for."),
        technical: z.string().nullable(),
      })
      .nullable(),
    result: z
      .object({ type: z.enum(["vm", "image"]), id: idSchema })
      .nullable()
      .describe("What a task that is done has made."),
    fileSizes: z
      .object({ beforeBytes: z.int(), afterBytes: z.int() })
      .nullable()
      .describe("What a disk's file took before and after it was written anew."),
    steps: z.array(
      z.object({
        name: z.string(),
        state: z.enum(["pending", "running", "done", "failed", "undone"]),
      }),
    ),
    targetId: idSchema.nullable().describe("What it works on."),
    targetName: z.string(),
    actorName: z.string(),
    cancellable: z.boolean(),
    createdAt: timeSchema,
    startedAt: timeSchema.nullable(),
    endedAt: timeSchema.nullable(),
  })
  .meta({ id: "Task" }) satisfies z.ZodType<Omit<TaskView, "error">>;
