import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({ imageId: z.string() });

export type ImageExamineTask = z.infer<typeof input>;

export const imageExamine: TaskDefinition<ImageExamineTask> = {
  kind: "image.examine",
  input,
  steps: ["hash", "read", "finish"],
  cancellable: true,
};
