import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  imageId: z.string(),
  hostId: z.string(),
  pool: z.string(),
  volume: z.string(),
});

export type ImageDeleteTask = z.infer<typeof input>;

export const imageDelete: TaskDefinition<ImageDeleteTask> = {
  kind: "image.delete",
  input,
  steps: ["check", "volume", "forget"],
  cancellable: false,
};
