import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { publish } from "@/lib/services/live/bus";
import type { TaskDefinition } from "./definition";

export interface EnqueueOptions<I> {
  input: I;
  projectId: string | null;
  hostId: string | null;
  targetId: string;
  targetName: string;
  actor: { userId: string; name: string };
  /** Steps that the enqueuing transaction itself has done, counted from the first. */
  stepsDone?: number;
  now: Date;
}

/**
 * Writes the task and its steps inside the caller's transaction, so that the task and what it
 * is about appear together or not at all. Call `announceTask` after the commit. Returns its id.
 */
export async function enqueueTask<I>(
  tx: Prisma.TransactionClient,
  definition: TaskDefinition<I>,
  options: EnqueueOptions<I>,
): Promise<string> {
  const id = newId();
  const stepsDone = options.stepsDone ?? 0;
  await tx.task.create({
    data: {
      id,
      kind: definition.kind,
      projectId: options.projectId,
      hostId: options.hostId,
      targetId: options.targetId,
      targetName: options.targetName,
      actorId: options.actor.userId,
      actorName: options.actor.name,
      input: JSON.stringify(definition.input.parse(options.input)),
      createdAt: options.now,
      steps: {
        create: definition.steps.map((name, position) => ({
          position,
          name,
          state: position < stepsDone ? "done" : "pending",
          startedAt: position < stepsDone ? options.now : null,
          endedAt: position < stepsDone ? options.now : null,
        })),
      },
    },
  });
  return id;
}

/** Wakes the runner and shows the task in open pages. */
export function announceTask(taskId: string, projectId: string | null): void {
  publish({ type: "task", taskId, projectId });
  publish({ type: "task.queued" });
}
