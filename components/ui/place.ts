const GAP_PX = 4;
const EDGE_PX = 8;

/** Puts a `position: fixed` box under its anchor, or above when there is no room below. */
export function placeBeside(box: HTMLElement, anchor: HTMLElement, align: "start" | "end"): void {
  const from = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const wantedX = align === "start" ? from.left : from.right - width;
  const x = Math.max(EDGE_PX, Math.min(wantedX, window.innerWidth - width - EDGE_PX));
  const below = from.bottom + GAP_PX;
  const fitsBelow = below + height <= window.innerHeight - EDGE_PX;
  const y = fitsBelow ? below : Math.max(EDGE_PX, from.top - GAP_PX - height);
  box.style.left = `${x}px`;
  box.style.top = `${y}px`;
}
