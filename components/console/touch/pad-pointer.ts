import { type Gesture, type GestureEvent, tellGesture } from "./gesture-event";
import type { PadAction } from "./touchpad";
import { showing, type Zoom } from "./zoom";

interface PadPointer {
  act(action: Exclude<PadAction, { kind: "pinch" }>): void;
  /** Lets go of a button that is down. */
  release(): void;
}

const taps = { 1: "onetap", 2: "twotap", 3: "threetap" } as const;

/**
 * The guest's pointer that a touchpad moves. It begins in the middle of the picture, and is told to
 * noVNC's viewer by its own gestures. A picture that is larger than its place follows it.
 */
export function createPadPointer(
  element: HTMLElement,
  view: { get: () => Zoom; set: (zoom: Zoom) => void },
): PadPointer {
  /** In shares of the picture. */
  const at = { x: 0.5, y: 0.5 };
  let pressed = false;
  let scrolled = { x: 0, y: 0 };

  function tell(event: GestureEvent, type: Gesture["type"], by = { x: 0, y: 0 }): void {
    const canvas = element.querySelector("canvas");
    if (canvas === null) return;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const [clientX, clientY] = [left + at.x * width, top + at.y * height];
    tellGesture(canvas, event, { type, clientX, clientY, magnitudeX: by.x, magnitudeY: by.y });
  }

  function move(dx: number, dy: number): void {
    const canvas = element.querySelector("canvas");
    if (canvas === null) return;
    const picture = canvas.getBoundingClientRect();
    at.x = Math.min(Math.max(at.x + dx / picture.width, 0), 1);
    at.y = Math.min(Math.max(at.y + dy / picture.height, 0), 1);
    const all = element.getBoundingClientRect();
    const x = (picture.left - all.left + at.x * picture.width) / all.width;
    const y = (picture.top - all.top + at.y * picture.height) / all.height;
    if (view.get().scale > 1) view.set(showing(view.get(), { x, y }));
    if (pressed) tell("gesturemove", "drag");
    // Of all that noVNC knows, what moves the pointer and does nothing else.
    else tell("gesturestart", "twodrag");
  }

  function press(down: boolean): void {
    if (pressed === down) return;
    pressed = down;
    tell(down ? "gesturestart" : "gestureend", "drag");
  }

  return {
    release: () => press(false),
    act(action) {
      if (action.kind !== "scroll") scrolled = { x: 0, y: 0 };
      if (action.kind === "move") move(action.dx, action.dy);
      else if (action.kind === "tap") {
        tell("gesturestart", taps[action.fingers]);
        tell("gestureend", taps[action.fingers]);
      } else if (action.kind === "scroll") {
        if (scrolled.x === 0 && scrolled.y === 0) tell("gesturestart", "twodrag");
        scrolled = { x: scrolled.x + action.dx, y: scrolled.y + action.dy };
        tell("gesturemove", "twodrag", scrolled);
      } else press(action.kind === "press");
    },
  };
}
