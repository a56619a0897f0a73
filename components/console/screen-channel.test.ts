import { expect, test, vi } from "vitest";
import { handshakeMessages, openingMessages, pixelFormat } from "./opening-messages";
import { openScreenChannel } from "./screen-channel";

const level = { compression: 9, quality: 1 };
const encodings = Uint8Array.of(2, 0, 0, 1, 0, 0, 0, 7);
const wholePicture = Uint8Array.of(3, 0, 0, 0, 0, 0, 2, 208, 1, 144);
const nextChange = Uint8Array.of(3, 1, 0, 0, 0, 0, 2, 208, 1, 144);

function rig(protocol: string) {
  const sent: Uint8Array[] = [];
  const send = (data: Uint8Array) => void sent.push(Uint8Array.from(data));
  const socket = Object.assign(new EventTarget(), {
    protocol,
    readyState: 0,
    send,
    close: vi.fn(),
  });
  const channel = openScreenChannel(socket as unknown as WebSocket, level);
  return {
    channel,
    sent,
    socket,
    open() {
      socket.readyState = 1;
      socket.dispatchEvent(new Event("open"));
    },
    came(text: string) {
      const data = new TextEncoder().encode(text).buffer;
      socket.dispatchEvent(new MessageEvent("message", { data }));
    },
  };
}

/** What noVNC says until its first picture is there. */
const asNoVnc = [...handshakeMessages, pixelFormat, encodings, wholePicture];

test("where the handshake is over the picture is asked for at once, and once", () => {
  const { channel, sent, open } = rig("rfb-opened");
  expect(sent).toEqual([]);
  open();
  expect(sent).toEqual([openingMessages(level)]);
  for (const message of asNoVnc) channel.send(Uint8Array.from(message));
  channel.send(nextChange);
  channel.send(wholePicture);
  expect(sent.slice(1)).toEqual([encodings, nextChange, wholePicture]);
});

test("a server that has its handshake with the browser hears all of it, in order", () => {
  const { channel, sent, open } = rig("binary");
  open();
  for (const message of asNoVnc) channel.send(Uint8Array.from(message));
  expect(sent).toEqual(asNoVnc);
});

test("what comes before the viewer waits for it, and then comes in order", () => {
  const { channel, socket, open, came } = rig("rfb-opened");
  open();
  came("handshake");
  came("picture");
  const got: string[] = [];
  channel.onmessage = ({ data }) => void got.push(new TextDecoder().decode(data));
  expect(got).toEqual([]);
  channel.begin();
  came("change");
  expect(got).toEqual(["handshake", "picture", "change"]);
  expect([channel.readyState, channel.protocol, socket.readyState]).toEqual([1, "rfb-opened", 1]);
});

test("the end of the socket is the channel's, either way", () => {
  const { channel, socket } = rig("binary");
  const closed = vi.fn();
  channel.onclose = closed;
  socket.dispatchEvent(new Event("close"));
  expect(closed).toHaveBeenCalledOnce();
  channel.close();
  expect(socket.close).toHaveBeenCalledOnce();
});

test("the opening messages are RFB's own", () => {
  const bytes = openingMessages(level);
  const view = new DataView(bytes.buffer);
  expect([...bytes.subarray(0, 20)]).toEqual([...pixelFormat]);
  expect(pixelFormat).toHaveLength(20);
  expect([bytes[20], view.getUint16(22)]).toEqual([2, 7]);
  const codes = Array.from({ length: 7 }, (_, at) => view.getInt32(24 + at * 4));
  expect(codes).toEqual([7, 0, -223, -308, -224, -31, -247]);
  expect([...bytes.subarray(52, 62)]).toEqual([3, 0, 0, 0, 0, 0, 255, 255, 255, 255]);
  expect([...bytes.subarray(62)]).toEqual([255, ...new Uint8Array(11)]);
});
