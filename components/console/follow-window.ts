import type RFB from "@novnc/novnc";

/** A window that is being drawn larger is one wish, not fifty. */
const quietMs = 300;
/** Smaller places are a bar or a split, not a wish for such a screen. */
const least = { width: 320, height: 200 } as const;

export interface WindowFollower {
  /** The guest's screen follows from now on, or no longer. */
  follow(wanted: boolean): void;
  end(): void;
}

/**
 * Asks the guest for a screen as large as its place, now and once the place has kept a new size for
 * a moment. noVNC's own following would ask ten times a second, and forget the last size when the
 * guest's answer is late.
 */
export function followWindow(rfb: Pick<RFB, "resizeSession">, place: HTMLElement): WindowFollower {
  let following = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(): void {
    const { width, height } = place.getBoundingClientRect();
    if (!following || width < least.width || height < least.height) return;
    // Switching it on sends the size, if it differs.
    rfb.resizeSession = true;
    rfb.resizeSession = false;
  }

  function askSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(ask, quietMs);
  }

  const observer = new ResizeObserver(askSoon);
  observer.observe(place);
  return {
    follow(wanted) {
      if (wanted === following) return;
      following = wanted;
      if (wanted) askSoon();
    },
    end() {
      clearTimeout(timer);
      observer.disconnect();
    },
  };
}
