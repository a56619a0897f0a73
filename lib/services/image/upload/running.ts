import type { IncomingMessage } from "node:http";
import { once } from "@/lib/runtime/once";

/** A request that brings bytes right now. */
export interface RunningUpload {
  imageId: string | null;
  userId: string;
  sessionId: string;
  req: IncomingMessage;
}

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

export function countUploads(match: Partial<Omit<RunningUpload, "req">>): number {
  return matching(match).length;
}

/** Cuts the connection of every running request that matches. */
export function cutUploads(match: Partial<Omit<RunningUpload, "req">>): void {
  for (const upload of matching(match)) upload.req.destroy();
}

function matching(match: Partial<Omit<RunningUpload, "req">>): RunningUpload[] {
  return [...running()].filter(
    (each) =>
      (match.imageId === undefined || each.imageId === match.imageId) &&
      (match.userId === undefined || each.userId === match.userId) &&
      (match.sessionId === undefined || each.sessionId === match.sessionId),
  );
}
