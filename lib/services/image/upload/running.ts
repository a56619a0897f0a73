import type { IncomingMessage } from "node:http";
import { once } from "@/lib/runtime/once";

/** A request that brings bytes right now. */
export interface RunningUpload {
  imageId: string | null;
  userId: string;
  sessionId: string;
  req: IncomingMessage;
  /** Whether the sender still may, as the database has it now. Never rejects. */
  stillAllowed(): Promise<boolean>;
}

/** Between looks at the database for rights that another process took away. */
const recheckMs = 3_000;

type Match = Partial<Pick<RunningUpload, "imageId" | "userId" | "sessionId">>;

function running(): Set<RunningUpload> {
  return once("uploads.running", () => new Set<RunningUpload>());
}

/**
 * Registers a request, which is cut once its sender may no more; returns the function that takes
 * it off again.
 */
export function enterUpload(upload: RunningUpload): () => void {
  running().add(upload);
  const timer = setInterval(() => void recheck(upload), recheckMs);
  timer.unref();
  return () => {
    clearInterval(timer);
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

/** Asks at once for every running request that matches whether its sender still may. */
export function recheckUploads(match: Match): void {
  for (const upload of matching(match)) void recheck(upload);
}

async function recheck(upload: RunningUpload): Promise<void> {
  if (!(await upload.stillAllowed())) upload.req.destroy();
}

function matching(match: Match): RunningUpload[] {
  return [...running()].filter(
    (each) =>
      (match.imageId === undefined || each.imageId === match.imageId) &&
      (match.userId === undefined || each.userId === match.userId) &&
      (match.sessionId === undefined || each.sessionId === match.sessionId),
  );
}
