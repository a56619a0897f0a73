import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  imageId: z.string(),
  hostId: z.string(),
  pool: z.string(),
  /** Generated; nothing of the person's file name is in it. */
  volume: z.string(),
});

export type ImageStoreTask = z.infer<typeof input>;

export const imageStore: TaskDefinition<ImageStoreTask> = {
  kind: "image.store",
  input,
  steps: ["inspect", "hash", "duplicate", "store", "verify", "finish"],
  cancellable: true,
};
