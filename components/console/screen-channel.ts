import { levelOfProtocol } from "@/lib/model/console-protocols";
import { handshakeMessages, pixelFormat } from "@/lib/model/first-picture";

type Handler<E> = ((event: E) => void) | null;

/** What noVNC asks of a channel, and what it is given of the WebSocket below. */
export interface ScreenChannel {
  binaryType: BinaryType;
  readonly protocol: string;
  readonly readyState: number;
  onopen: Handler<Event>;
  onmessage: Handler<MessageEvent<ArrayBuffer>>;
  onclose: Handler<CloseEvent>;
  onerror: Handler<Event>;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  /** Passes on what has come so far, and from now on what comes. */
  begin(): void;
}

/**
 * A screen's WebSocket for noVNC, which may come later than its first messages: they wait. Where
 * the portal has gone through the handshake and asked for the first picture, what noVNC says of all
 * that once more is left out.
 */
export function openScreenChannel(socket: WebSocket): ScreenChannel {
  let waiting: MessageEvent<ArrayBuffer>[] | null = [];
  let said: Uint8Array[] = [];
  let pictureAsked = false;
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", (event) => {
    if (levelOfProtocol(socket.protocol) !== null) {
      said = [...handshakeMessages, pixelFormat];
      pictureAsked = true;
    }
    channel.onopen?.(event);
  });
  socket.addEventListener("message", (event: MessageEvent<ArrayBuffer>) => {
    if (waiting === null) channel.onmessage?.(event);
    else waiting.push(event);
  });
  socket.addEventListener("close", (event) => channel.onclose?.(event));
  socket.addEventListener("error", (event) => channel.onerror?.(event));

  function isSaid(data: Uint8Array): boolean {
    const [next] = said;
    if (next !== undefined && isEqual(next, data)) {
      said.shift();
      return true;
    }
    if (!pictureAsked || !isPictureRequest(data)) return false;
    pictureAsked = false;
    return true;
  }

  const channel: ScreenChannel = {
    binaryType: "arraybuffer",
    get protocol() {
      return socket.protocol;
    },
    get readyState() {
      return socket.readyState;
    },
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    send(data) {
      if (!isSaid(data)) socket.send(data);
    },
    close: () => socket.close(),
    begin() {
      const early = waiting ?? [];
      waiting = null;
      for (const event of early) channel.onmessage?.(event);
    },
  };
  return channel;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** FramebufferUpdateRequest that is not incremental (RFC 6143 §7.5.3). */
function isPictureRequest(data: Uint8Array): boolean {
  return data.length === 10 && data[0] === 3 && data[1] === 0;
}
