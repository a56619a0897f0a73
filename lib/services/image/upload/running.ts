import type { IncomingMessage } from "node:http";
import { once } from "@/lib/runtime/once";

/** A request that brings bytes right now. */
export interface RunningUpload {
  imageId: string | null;
  userId: string;
  sessionId: string;
  req: IncomingMessage;
  /** Whether the sender still may, as the database has it now. */
  stillAllowed(): Promise<boolean>;
}

type Match = Partial<Pick<RunningUpload, "imageId" | "userId" | "sessionId">>;

function running(): Set<RunningUpload> {
  return once("uploads.running", () => new Set<RunningUpload>());
}

/** Registers a request; returns the function that takes it off again. */
export function enterUpload(upload: RunningUpload): () => void {
  running().add(upload);
  return () => {
    running().delete(upload);
  };
}

export function countUploads(match: Match): number {
  return matching(match).length;
}

/** Cuts the connection of every running request that matches. */
export function cutUploads(match: Match): void {
  for (const upload of matching(match)) upload.req.destroy();
}

/** Cuts every running request that matches and whose sender may no more. */
export async function recheckUploads(match: Match = {}): Promise<void> {
  for (const upload of matching(match)) {
    if (!(await upload.stillAllowed())) upload.req.destroy();
  }
}

function matching(match: Match): RunningUpload[] {
  return [...running()].filter(
    (each) =>
      (match.imageId === undefined || each.imageId === match.imageId) &&
      (match.userId === undefined || each.userId === match.userId) &&
      (match.sessionId === undefined || each.sessionId === match.sessionId),
  );
}
