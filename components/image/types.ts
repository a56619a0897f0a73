import type { ActionResult } from "@/lib/model/result";

export type DeleteImageAction = (input: {
  imageId: string;
}) => Promise<ActionResult<{ taskId: string | null }>>;

export type CancelUploadAction = (input: { imageId: string }) => Promise<ActionResult<unknown>>;
