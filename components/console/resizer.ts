import type { ConsoleViewers } from "@/lib/model/console-viewer";
import type { VideoView } from "@/lib/model/video";

/** Why the guest's screen does not follow this window. */
export type NoResize =
  | { why: "off" }
  /** The device takes no size; `next`: the one of the next start does. */
  | { why: "device"; next: boolean }
  | { why: "watching" }
  /** The screen follows somebody else's window. */
  | { why: "other"; name: string };

export interface ResizeQuestion {
  /** Null while nothing is known of it. */
  video: VideoView | null;
  consoles: ConsoleViewers;
  /** Which of the consoles this one is. */
  own: string | null;
  /** Nothing of this console reaches the guest. */
  watching: boolean;
}

/**
 * Whether the guest's screen may follow this console's window; null when it may. A screen has one
 * size for all who look: it follows who alone has the keyboard, else who came first of those who
 * may type, so that nobody who joins changes what others see.
 */
export function whyNoResize({ video, consoles, own, watching }: ResizeQuestion): NoResize | null {
  if (video === null || video.now === null) return { why: "off" };
  if (video.now !== "virtio") return { why: "device", next: video.next === "virtio" };
  if (watching) return { why: "watching" };
  if (consoles.control !== null) return null;
  const [first] = consoles.viewers.filter((each) => each.kind === "screen" && !each.viewOnly);
  return first && first.id !== own ? { why: "other", name: first.name } : null;
}
