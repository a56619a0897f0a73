import { expect, it } from "vitest";
import {
  attachTerminal,
  mostUndrawnBytes,
  mostUnsentBytes,
  type SocketDoor,
  type TerminalDoor,
} from "./attach-terminal";

/** A socket and a terminal whose two sides are the test's. */
function scene() {
  const socket = Object.assign(new EventTarget(), {
    readyState: 1,
    bufferedAmount: 0,
    binaryType: "blob" as BinaryType,
    sent: [] as string[],
    send(bytes: Uint8Array) {
      this.sent.push(Buffer.from(bytes).toString("latin1"));
    },
  });
  const drawn: string[] = [];
  const drawing: (() => void)[] = [];
  const typing = new Set<(text: string) => void>();
  const raw = new Set<(text: string) => void>();
  const listen = (all: Set<(text: string) => void>) => (listener: (text: string) => void) => {
    all.add(listener);
    return { dispose: () => void all.delete(listener) };
  };
  const terminal: TerminalDoor = {
    write(data, done) {
      drawn.push(typeof data === "string" ? data : Buffer.from(data).toString("latin1"));
      if (done) drawing.push(done);
    },
    onData: listen(typing),
    onBinary: listen(raw),
  };
  const told: string[] = [];
  const attached = attachTerminal(socket as unknown as SocketDoor, terminal, {
    connected: () => told.push("connected"),
    failed: () => told.push("failed"),
    full: () => told.push("full"),
  });
  return {
    attached,
    socket,
    drawn,
    told,
    say: (bytes: Uint8Array) =>
      socket.dispatchEvent(new MessageEvent("message", { data: Uint8Array.from(bytes).buffer })),
    type: (text: string) => [...typing].map((each) => each(text)),
    typeRaw: (text: string) => [...raw].map((each) => each(text)),
    draw: () => drawing.splice(0).map((done) => done()),
  };
}

it("asks for an answer when it opens, and is connected with the first", () => {
  const { socket, told, drawn, say } = scene();
  expect(socket.binaryType).toBe("arraybuffer");
  socket.dispatchEvent(new Event("open"));
  expect(socket.sent).toEqual([""]);
  expect(told).toEqual([]);
  say(new Uint8Array(0));
  say(Buffer.from("login: "));
  expect(told).toEqual(["connected"]);
  expect(drawn).toEqual(["login: "]);
});

it("sends what is typed as UTF-8, and a mouse's bytes as they are", () => {
  const { socket, type, typeRaw } = scene();
  type("é\r");
  typeRaw("\x1b[M\xff");
  expect(socket.sent).toEqual(["\xc3\xa9\r", "\x1b[M\xff"]);
});

it("sends a long paste whole, in pieces, and refuses what is too long to hold", () => {
  const { socket, type, told } = scene();
  const text = "0123456789".repeat(20_000);
  type(text);
  expect(socket.sent.join("")).toBe(text);
  expect(Math.max(...socket.sent.map((each) => each.length))).toBeLessThan(64 * 1024);
  socket.bufferedAmount = mostUnsentBytes;
  type("x");
  expect(told).toEqual(["full"]);
  expect(socket.sent.join("")).toBe(text);
});

it("leaves out what the terminal cannot draw in time, and says where", () => {
  const { say, draw, drawn } = scene();
  say(Buffer.alloc(mostUndrawnBytes, "a"));
  say(Buffer.from("lost"));
  expect(drawn).toHaveLength(1);
  draw();
  say(Buffer.from("seen"));
  expect(drawn.slice(1)).toEqual(["\r\n[…]\r\n", "seen"]);
});

it("lets go of both when it is detached", () => {
  const { attached, socket, say, type, drawn } = scene();
  attached.detach();
  say(Buffer.from("late"));
  type("late");
  attached.type("late");
  expect(drawn).toEqual([]);
  expect(socket.sent).toEqual([]);
});
