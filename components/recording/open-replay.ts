import { loadNoVnc } from "@/components/console/no-vnc";
import type { ReplayScreen } from "./replay";
import { ReplayChannel } from "./replay-channel";

/** noVNC takes so much at once with ease. */
const pieceBytes = 512 * 1024;

export interface OpenReplay extends ReplayScreen {
  close(): void;
}

/**
 * Puts a screen into the element that shows what it is given, and takes no input. `onBroken` is
 * called when it could not be shown.
 */
export async function openReplay(
  target: HTMLElement,
  size: { width: number; height: number },
  onBroken: () => void,
): Promise<OpenReplay> {
  const { default: Rfb } = await loadNoVnc();
  const channel = new ReplayChannel(size);
  // noVNC takes whatever has a WebSocket's methods.
  const rfb = new Rfb(target, channel as unknown as WebSocket, { shared: true });
  rfb.viewOnly = true;
  rfb.scaleViewport = true;
  rfb.focusOnClick = false;
  rfb.background = "transparent";
  await new Promise<void>((resolve, reject) => {
    rfb.addEventListener("connect", () => resolve());
    rfb.addEventListener("disconnect", () => reject(new Error("the recording cannot be shown")));
    channel.greet();
  });
  let closed = false;
  rfb.addEventListener("disconnect", () => {
    if (!closed) onBroken();
  });
  return {
    resize: (to) => channel.resize(to),
    show(bytes) {
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        channel.say(bytes.subarray(at, at + pieceBytes));
      }
    },
    close() {
      closed = true;
      rfb.disconnect();
    },
  };
}
