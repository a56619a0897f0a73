"use client";

import { type RefObject, useEffect, useRef } from "react";
import { gestureEvents, gestureOf } from "./gesture-event";
import { createPadPointer } from "./pad-pointer";
import { createTouchpad, type Finger } from "./touchpad";
import { noZoom, panned, type Zoom, zoomed } from "./zoom";

interface TouchSettings {
  /** The picture fits its place, and two fingers make it larger. */
  zoomable: boolean;
  /** Fingers move the guest's pointer instead of being it. */
  touchpad: boolean;
}

/** What fingers on a guest's screen do beside noVNC's own gestures: zoom, pan, and a touchpad. */
export function useTouch(
  target: RefObject<HTMLElement | null>,
  { zoomable, touchpad }: TouchSettings,
): void {
  const zoom = useRef<Zoom>(noZoom);

  useEffect(() => {
    const element = target.current;
    if (element === null || !zoomable) return;
    return () => {
      zoom.current = noZoom;
      place(element, noZoom);
    };
  }, [target, zoomable]);

  useEffect(() => {
    const element = target.current;
    if (element === null) return;
    const set = (next: Zoom) => {
      zoom.current = next;
      place(element, next);
    };
    const view = { get: () => zoom.current, set, zoomable };
    return touchpad ? bePad(element, view) : beScreen(element, view);
  }, [target, zoomable, touchpad]);
}

interface View {
  get: () => Zoom;
  set: (zoom: Zoom) => void;
  zoomable: boolean;
}

/** noVNC's gestures go to the guest, but for those that change the view. */
function beScreen(element: HTMLElement, view: View): () => void {
  let last = { x: 0, y: 0, apart: 0 };

  function onGesture(event: Event): void {
    const gesture = gestureOf(event);
    if (gesture === null || !view.zoomable) return;
    const pinches = gesture.type === "pinch";
    const pans = gesture.type === "twodrag" && view.get().scale > 1;
    if (!pinches && !pans) return;
    event.stopPropagation();
    const { magnitudeX: x = 0, magnitudeY: y = 0 } = gesture;
    const apart = Math.max(1, Math.hypot(x, y));
    if (event.type === "gesturemove") {
      const size = sizeOf(element);
      if (pinches) {
        view.set(zoomed(view.get(), shareOf(element, gesture), apart / last.apart));
      } else {
        const by = { x: (x - last.x) / size.width, y: (y - last.y) / size.height };
        view.set(panned(view.get(), by));
      }
    }
    last = { x, y, apart };
  }

  for (const each of gestureEvents) element.addEventListener(each, onGesture, { capture: true });
  return () => {
    for (const each of gestureEvents) {
      element.removeEventListener(each, onGesture, { capture: true });
    }
  };
}

/** No touch reaches noVNC as such: it is told what the fingers mean for the pointer. */
function bePad(element: HTMLElement, view: View): () => void {
  const pad = createTouchpad();
  const pointer = createPadPointer(element, view);

  function onTouch(event: TouchEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const fingers = [...event.touches]
      .filter(({ target }) => target instanceof Node && element.contains(target))
      .map(({ identifier: id, clientX: x, clientY: y }): Finger => ({ id, x, y }));
    for (const action of pad.touch(fingers, event.timeStamp)) {
      if (action.kind !== "pinch") pointer.act(action);
      else if (view.zoomable) {
        const at = shareOf(element, { clientX: action.x, clientY: action.y });
        view.set(zoomed(view.get(), at, action.factor));
      }
    }
  }

  const events = ["touchstart", "touchmove", "touchend", "touchcancel"] as const;
  const options = { capture: true, passive: false };
  for (const each of events) element.addEventListener(each, onTouch, options);
  return () => {
    for (const each of events) element.removeEventListener(each, onTouch, options);
    pointer.release();
  };
}

/** Larger than its place, from which it is moved: noVNC then paints into all of it. */
function place(element: HTMLElement, { scale, x, y }: Zoom): void {
  const { style } = element;
  style.width = scale === 1 ? "" : `${scale * 100}%`;
  style.height = style.width;
  style.left = scale === 1 ? "" : `${-x * 100}%`;
  style.top = scale === 1 ? "" : `${-y * 100}%`;
}

/** Of the place, whatever the picture's own size is now. */
function sizeOf(element: HTMLElement): DOMRect {
  return (element.parentElement ?? element).getBoundingClientRect();
}

function shareOf(element: HTMLElement, at: { clientX: number; clientY: number }) {
  const { left, top, width, height } = sizeOf(element);
  return { x: (at.clientX - left) / width, y: (at.clientY - top) / height };
}
