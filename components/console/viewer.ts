import type RFB from "@novnc/novnc";
import { sendPlainText } from "./clipboard/plain-text";
import type { AttachmentEvents, ConsoleAttachment } from "./connection-state";
import { followWindow } from "./follow-window";
import { firstKept } from "./kept-view";
import type { KeyStroke } from "./keys";
import type { GuestKeyboard } from "./knock";
import { watchLockLights } from "./lock-lights";
import { type LinkView, measurePicture } from "./measured-picture";
import type { PictureChoice } from "./picture";
import type { ScreenChannel } from "./screen-channel";

/** How the screen is shown; kept by the page and given to every new connection. */
export interface ViewSettings {
  /** Fit the stage, or one guest pixel per CSS pixel. */
  fit: boolean;
  viewOnly: boolean;
  /** In 1:1 on a touch screen: a drag moves the picture instead of the guest's pointer. */
  pan: boolean;
  /** The guest's screen follows the size of its place. */
  resize: boolean;
  picture: PictureChoice;
}

/** Where nobody has chosen. */
export const firstView: ViewSettings = { ...firstKept, fit: true, viewOnly: false, pan: false };

/** A live picture that takes input. */
export interface Viewer extends ConsoleAttachment {
  apply(settings: ViewSettings): void;
  focus(): void;
  /** Gives the keyboard back to the page. */
  blur(): void;
  /** Presses in order, releases in reverse order. */
  press(strokes: readonly KeyStroke[]): void;
  /** For what types by itself: single events, and what the guest says of its locks. */
  keyboard: GuestKeyboard;
  /** Offers a text to the guest's clipboard. */
  sendClipboard(text: string): void;
  /** The guest's screen as a PNG, at its own size. */
  screenshot(): Promise<Blob>;
  /** What was measured of the connection. */
  link(): LinkView;
}

export interface ViewerPlace {
  target: HTMLElement;
  /** Gets a copy of the picture when it ends; null where none is wanted. */
  lastFrame(): HTMLCanvasElement | null;
  settings(): ViewSettings;
  /** Whether one-finger drags are the only way to move a large picture. */
  touch: boolean;
}

export interface ViewerEvents extends AttachmentEvents {
  clipboard(text: string): void;
  /** The picture is larger than its place, so that panning makes sense. */
  clipped(clipped: boolean): void;
}

const paintPollMs = 16;

/** Hands a screen's socket to noVNC. `connected` is reported with the first painted frame. */
export function attachViewer(
  Rfb: typeof RFB,
  { socket, channel }: { socket: WebSocket; channel: ScreenChannel },
  place: ViewerPlace,
  events: ViewerEvents,
): Viewer {
  sendPlainText(Rfb.messages);
  // noVNC takes whatever has a WebSocket's methods.
  const rfb = new Rfb(place.target, channel as unknown as WebSocket, { shared: true });
  rfb.background = "transparent";
  const picture = measurePicture(rfb, socket);
  // Text screens have no pointer of their own; without the dot the mouse would vanish there.
  rfb.showDotCursor = true;
  const lights = watchLockLights(rfb);
  const follower = followWindow(rfb, place.target);
  const canvas = place.target.querySelector("canvas");
  let ended = false;
  let painted = false;
  let polling: ReturnType<typeof setInterval> | undefined;

  rfb.addEventListener("connect", () => {
    apply(place.settings());
    // noVNC has no event for a painted frame, and before it the canvas is transparent.
    const isPainted = paintCheck();
    polling = setInterval(() => {
      if (!canvas || !isPainted(canvas)) return;
      clearInterval(polling);
      painted = true;
      // Only with the first picture the guest has said whether it takes sizes.
      follower.follow(place.settings().resize);
      events.connected();
    }, paintPollMs);
  });
  rfb.addEventListener("disconnect", () => {
    if (!ended) events.failed("protocol");
  });
  rfb.addEventListener("credentialsrequired", () => events.failed("password"));
  rfb.addEventListener("clipboard", (event) => events.clipboard(event.detail.text));
  rfb.addEventListener("clippingviewport", (event) => events.clipped(event.detail));

  function apply(settings: ViewSettings): void {
    if (settings.viewOnly !== rfb.viewOnly) {
      if (settings.viewOnly) releaseKeys();
      rfb.viewOnly = settings.viewOnly;
    }
    rfb.scaleViewport = settings.fit;
    rfb.clipViewport = !settings.fit && place.touch;
    rfb.dragViewport = settings.pan && !settings.fit;
    follower.follow(painted && settings.resize);
    picture.choose(settings.picture);
  }

  channel.begin();

  return {
    apply,
    focus: () => rfb.focus({ preventScroll: true }),
    blur() {
      releaseKeys();
      rfb.blur();
    },
    press(strokes) {
      for (const { keysym, code } of strokes) rfb.sendKey(keysym, code, true);
      for (const { keysym, code } of [...strokes].reverse()) rfb.sendKey(keysym, code, false);
    },
    keyboard: {
      send: ({ keysym, code, down }) => rfb.sendKey(keysym, code, down),
      lights: lights.now,
      onLights: lights.listen,
    },
    sendClipboard: (text) => rfb.clipboardPasteFrom(text),
    screenshot: () =>
      new Promise((resolve, reject) => {
        rfb.toBlob((blob) => {
          if (blob) resolve(blob);
          else reject(new Error("the browser made no picture of the canvas"));
        }, "image/png");
      }),
    link: picture.link,
    probe: picture.probe,
    detach() {
      if (ended) return;
      ended = true;
      clearInterval(polling);
      follower.end();
      picture.end();
      const lastFrame = place.lastFrame();
      if (canvas && painted && lastFrame) copyFrame(canvas, lastFrame);
      rfb.disconnect();
    },
  };
}

/**
 * noVNC releases pressed keys when the window loses focus, but not when another element of
 * the page gets it: without this, a key that is down at that moment repeats in the guest.
 */
export function releaseKeys(): void {
  window.dispatchEvent(new Event("blur"));
}

/** Gives the test whether a canvas has got its first pixel. */
function paintCheck(): (canvas: HTMLCanvasElement) => boolean {
  const sample = document.createElement("canvas");
  sample.width = 1;
  sample.height = 1;
  const context = sample.getContext("2d", { willReadFrequently: true });
  return (canvas) => {
    if (!context || canvas.width === 0 || canvas.height === 0) return false;
    context.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data[3] === 255;
  };
}

function copyFrame(from: HTMLCanvasElement, to: HTMLCanvasElement): void {
  to.width = from.width;
  to.height = from.height;
  to.getContext("2d")?.drawImage(from, 0, 0);
}
