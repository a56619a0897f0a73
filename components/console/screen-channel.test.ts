import { expect, test, vi } from "vitest";
import { handshakeMessages, pixelFormat } from "@/lib/model/first-picture";
import { openScreenChannel } from "./screen-channel";

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
  const channel = openScreenChannel(socket as unknown as WebSocket);
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

test("what the portal has said already is not said again", () => {
  const { channel, sent, open } = rig("rfb-opened.2.6");
  open();
  for (const message of asNoVnc) channel.send(Uint8Array.from(message));
  channel.send(nextChange);
  channel.send(wholePicture);
  expect(sent).toEqual([encodings, nextChange, wholePicture]);
});

test("a server that has its handshake with the browser hears all of it, in order", () => {
  const { channel, sent, open } = rig("binary");
  open();
  for (const message of asNoVnc) channel.send(Uint8Array.from(message));
  expect(sent).toEqual(asNoVnc);
});

test("what comes before the viewer waits for it, and then comes in order", () => {
  const { channel, socket, open, came } = rig("rfb-opened.2.6");
  open();
  came("handshake");
  came("picture");
  const got: string[] = [];
  channel.onmessage = ({ data }) => void got.push(new TextDecoder().decode(data));
  expect(got).toEqual([]);
  channel.begin();
  came("change");
  expect(got).toEqual(["handshake", "picture", "change"]);
  expect([channel.readyState, channel.protocol, socket.readyState]).toEqual([
    1,
    "rfb-opened.2.6",
    1,
  ]);
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
