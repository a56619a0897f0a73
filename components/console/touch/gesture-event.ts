/**
 * What noVNC's recogniser of gestures tells noVNC's viewer, by events on the canvas. Not in its
 * documentation: it is the one place where touches can be changed on their way to the guest.
 */
export interface Gesture {
  type: "onetap" | "twotap" | "threetap" | "drag" | "longpress" | "twodrag" | "pinch";
  clientX: number;
  clientY: number;
  /** Of two fingers: how far they have moved, or how far apart they are. */
  magnitudeX?: number;
  magnitudeY?: number;
}

export const gestureEvents = ["gesturestart", "gesturemove", "gestureend"] as const;
export type GestureEvent = (typeof gestureEvents)[number];

/** Tells noVNC's viewer of a gesture as if its own recogniser had. */
export function tellGesture(canvas: HTMLElement, event: GestureEvent, detail: Gesture): void {
  canvas.dispatchEvent(new CustomEvent(event, { detail }));
}

/** The gesture that an event tells of; null for another's event of that name, as Safari has them. */
export function gestureOf(event: Event): Gesture | null {
  const detail: unknown = event instanceof CustomEvent ? event.detail : null;
  return typeof detail === "object" && detail !== null && "clientX" in detail
    ? (detail as Gesture)
    : null;
}
