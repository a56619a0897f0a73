import type { UserMessage } from "@/lib/model/errors";
import type { ImageKind } from "@/lib/model/image";
import type { Reading } from "./upload-rate";

export type UploadPhase =
  | "waiting"
  | "starting"
  | "uploading"
  | "retrying"
  | "paused"
  | "arrived"
  | "failed";

/** What went wrong, for the person. */
export type UploadFailure =
  | { kind: "message"; message: UserMessage }
  | { kind: "status"; status: number }
  | { kind: "signed_out" }
  | { kind: "text"; text: string };

export interface UploadItem {
  key: string;
  projectId: string;
  kind: ImageKind;
  name: string;
  sizeBytes: number;
  sentBytes: number;
  phase: UploadPhase;
  readings: readonly Reading[];
  failure: UploadFailure | null;
  /** Once the portal has answered: the image that it becomes. */
  imageId: string | null;
}

/** Uploads belong to the tab, not to a page: they go on while one looks elsewhere. */
let items: readonly UploadItem[] = [];
const listeners = new Set<() => void>();

export const uploadItems = {
  get: () => items,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  add(item: UploadItem): void {
    set([...items, item]);
  },
  change(key: string, change: Partial<UploadItem>): void {
    set(items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  },
  remove(key: string): void {
    set(items.filter((item) => item.key !== key));
  },
  find(key: string): UploadItem | undefined {
    return items.find((item) => item.key === key);
  },
};

function set(next: readonly UploadItem[]): void {
  items = next;
  for (const listener of listeners) listener();
}

/** Whether leaving the page would interrupt something. */
export function isUnderWay(item: UploadItem): boolean {
  return item.phase === "waiting" || isSending(item);
}

/** Whether it takes one of the places for uploads at the same time. */
export function isSending(item: UploadItem): boolean {
  return item.phase === "starting" || item.phase === "uploading" || item.phase === "retrying";
}
