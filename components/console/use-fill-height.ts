"use client";

import { type RefObject, useLayoutEffect } from "react";

const leastPx = 320;

/** A viewport that is this much smaller than the window has a keyboard below it. */
const keyboardPx = 100;

/**
 * Makes an element reach from where it starts to the lower edge of the window, above a bar
 * that is fixed there; `whole` leaves that to the element's own style. While a phone's
 * keyboard is open, where every pixel counts, it takes all that is left above it.
 */
export function useFillHeight(
  element: RefObject<HTMLElement | null>,
  how: "below" | "whole" | "off",
): void {
  useLayoutEffect(() => {
    const box = element.current;
    const viewport = window.visualViewport;
    if (!box || how === "off") return;

    function stretch() {
      if (!box) return;
      if (viewport && isAboveKeyboard(viewport)) {
        const { offsetTop, height } = viewport;
        Object.assign(box.style, over(offsetTop, height));
        return;
      }
      Object.assign(box.style, untouched);
      if (how === "whole") return;
      const topPx = box.getBoundingClientRect().top + window.scrollY;
      const roomPx = window.innerHeight - topPx - lowerBarPx(box);
      box.style.height = `${Math.max(leastPx, Math.floor(roomPx))}px`;
    }

    stretch();
    // What stands above may change its height without the window doing so.
    const above = new ResizeObserver(stretch);
    above.observe(document.body);
    for (const each of standingAbove(box)) above.observe(each);
    viewport?.addEventListener("resize", stretch);
    viewport?.addEventListener("scroll", stretch);
    window.addEventListener("resize", stretch);
    return () => {
      above.disconnect();
      viewport?.removeEventListener("resize", stretch);
      viewport?.removeEventListener("scroll", stretch);
      window.removeEventListener("resize", stretch);
      Object.assign(box.style, untouched);
    };
  }, [element, how]);
}

const untouched = { position: "", inset: "", zIndex: "", height: "" };

function over(topPx: number, heightPx: number) {
  return {
    position: "fixed",
    inset: `${topPx}px 0 auto`,
    zIndex: "40",
    height: `${heightPx}px`,
  };
}

/** Pinching makes the visual viewport smaller too; that is no keyboard. */
function isAboveKeyboard(viewport: VisualViewport): boolean {
  return viewport.scale === 1 && window.innerHeight - viewport.height > keyboardPx;
}

/** Everything that comes before the element, on every level. */
function standingAbove(box: HTMLElement): Element[] {
  const all: Element[] = [];
  for (let at: Element | null = box; at; at = at.parentElement) {
    for (let each = at.previousElementSibling; each; each = each.previousElementSibling) {
      all.push(each);
    }
  }
  return all;
}

/** The page's padding below the content is where its fixed bar lies. */
function lowerBarPx(box: HTMLElement): number {
  let paddingPx = 0;
  for (let at = box.parentElement; at; at = at.parentElement) {
    paddingPx += Number.parseFloat(getComputedStyle(at).paddingBottom) || 0;
  }
  return paddingPx;
}
