import type { AttachmentEvents, ConsoleAttachment } from "@/components/console/connection-state";

/** What the guest said and the terminal has not drawn yet; beyond it output is left out. */
export const mostUndrawnBytes = 2 * 1024 * 1024;
/** What was typed and the portal has not taken yet; beyond it input is refused. */
export const mostUnsentBytes = 256 * 1024;
/** Well below the largest message that the portal takes. */
const pieceBytes = 32 * 1024;

/** WebSocket.OPEN. */
const open = 1;

/** The part of a WebSocket that is needed here. */
export type SocketDoor = Pick<
  WebSocket,
  | "readyState"
  | "bufferedAmount"
  | "binaryType"
  | "send"
  | "addEventListener"
  | "removeEventListener"
>;

/** The part of a terminal that is needed here. */
export interface TerminalDoor {
  write(data: Uint8Array | string, drawn?: () => void): void;
  onData(listener: (text: string) => void): { dispose(): void };
  onBinary(listener: (bytes: string) => void): { dispose(): void };
}

export interface SerialAttachment extends ConsoleAttachment {
  /** Sends text as if it was typed. */
  type(text: string): void;
}

/**
 * Joins a terminal to a socket that carries a serial port. Memory is bounded both ways: what the
 * terminal cannot draw in time is left out and marked, and `full` is called when the guest takes no
 * more input. An empty message asks the portal for an answer, also at the beginning.
 */
export function attachTerminal(
  socket: SocketDoor,
  terminal: TerminalDoor,
  events: AttachmentEvents & { full(): void },
): SerialAttachment {
  const encoder = new TextEncoder();
  let undrawnBytes = 0;
  let leftOut = false;
  let heard = false;
  let over = false;

  function send(bytes: Uint8Array<ArrayBuffer>): void {
    if (over || socket.readyState !== open) return;
    if (socket.bufferedAmount + bytes.length > mostUnsentBytes) {
      events.full();
      return;
    }
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      socket.send(bytes.subarray(at, at + pieceBytes));
    }
  }

  function draw(bytes: Uint8Array): void {
    if (undrawnBytes + bytes.length > mostUndrawnBytes) {
      leftOut = true;
      return;
    }
    if (leftOut) terminal.write("\r\n[…]\r\n");
    leftOut = false;
    undrawnBytes += bytes.length;
    terminal.write(bytes, () => {
      undrawnBytes -= bytes.length;
    });
  }

  function probe(): void {
    if (socket.readyState === open) socket.send(new Uint8Array(0));
  }

  const onMessage = ({ data }: MessageEvent<ArrayBuffer>): void => {
    if (!heard) events.connected();
    heard = true;
    if (data.byteLength > 0) draw(new Uint8Array(data));
  };
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", probe);
  socket.addEventListener("message", onMessage);
  const typed = terminal.onData((text) => send(encoder.encode(text)));
  const raw = terminal.onBinary((bytes) =>
    send(Uint8Array.from(bytes, (each) => each.charCodeAt(0))),
  );
  return {
    probe,
    type: (text) => send(encoder.encode(text)),
    detach() {
      over = true;
      socket.removeEventListener("open", probe);
      socket.removeEventListener("message", onMessage);
      typed.dispose();
      raw.dispose();
    },
  };
}
