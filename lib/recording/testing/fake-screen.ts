import { Duplex } from "node:stream";
import type { Target } from "@/lib/websockify";

const u16 = (...values: number[]) => values.flatMap((value) => [value >> 8, value & 255]);

/** What an RFB server says until pictures begin. */
export function hello(width: number, height: number, name = "guest"): Buffer {
  return Buffer.concat([
    Buffer.from("RFB 003.008\n"),
    Buffer.from([1, 1]),
    Buffer.from([0, 0, 0, 0]),
    Buffer.from([...u16(width, height), ...Buffer.alloc(16), 0, 0, 0, name.length]),
    Buffer.from(name),
  ]);
}

/** An update of these rectangles. */
export function update(...rects: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0, 0, ...u16(rects.length)]), ...rects]);
}

type Place = [x: number, y: number, width: number, height: number];

function head(place: Place, encoding: number): Buffer {
  const bytes = Buffer.alloc(12);
  place.forEach((value, index) => {
    bytes.writeUInt16BE(value, index * 2);
  });
  bytes.writeInt32BE(encoding, 8);
  return bytes;
}

export function rawRect(place: Place, value: number): Buffer {
  const [, , width, height] = place;
  return Buffer.concat([head(place, 0), Buffer.alloc(width * height * 4, value)]);
}

export function copyRect(place: Place, from: [number, number]): Buffer {
  return Buffer.concat([head(place, 1), Buffer.from(u16(...from))]);
}

export function hextileRect(place: Place, ...tiles: Buffer[]): Buffer {
  return Buffer.concat([head(place, 5), ...tiles]);
}

export function resizeRect(width: number, height: number): Buffer {
  return head([0, 0, width, height], -223);
}

export function rectOf(place: Place, encoding: number): Buffer {
  return head(place, encoding);
}

export interface FakeScreen {
  target: Target;
  /** What the client has sent. */
  sent: Buffer[];
  /** Requests for updates, true for the whole screen, in their order. */
  requests: boolean[];
  say(bytes: Buffer): void;
  /** The connection breaks. */
  cut(): void;
}

/** An RFB server that says what it is told; `onRequest` is called at each request for an update. */
export function fakeScreen(onRequest: (whole: boolean, screen: FakeScreen) => void): FakeScreen {
  let listener: ((buffer: Buffer, length: number) => boolean) | null = null;
  let paused = false;
  const waiting: Buffer[] = [];
  const flush = () => {
    while (!paused && listener !== null) {
      const next = waiting.shift();
      if (next === undefined) return;
      paused = !listener(next, next.length);
    }
  };
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      screen.sent.push(chunk);
      done();
      if (chunk[0] !== 3 || chunk.length !== 10) return;
      const whole = chunk[1] === 0;
      screen.requests.push(whole);
      setImmediate(() => onRequest(whole, screen));
    },
  });
  socket.resume = () => {
    paused = false;
    setImmediate(flush);
    return socket;
  };
  const screen: FakeScreen = {
    target: {
      socket,
      receive(next) {
        listener = next;
        setImmediate(flush);
      },
    },
    sent: [],
    requests: [],
    say(bytes) {
      waiting.push(bytes);
      flush();
    },
    cut: () => socket.destroy(),
  };
  return screen;
}
