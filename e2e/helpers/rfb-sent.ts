import type { Page } from "@playwright/test";
import { keyEvent, messageRules, pointerEvent, qemuMessage } from "@/lib/websockify/rfb-messages";

export type SentInput =
  | { type: "pointer"; x: number; y: number; buttons: number }
  | { type: "key"; down: boolean };

const handshakeBytes = 14;
/** Of RFB's version: the portal has not gone through the handshake in the page's place. */
const versionStart = "R".charCodeAt(0);

/** What a page's consoles send to guests from now on, of pointer and keys; it grows by itself. */
export function followInput(page: Page): SentInput[] {
  const sent: SentInput[] = [];
  page.on("websocket", (socket) => {
    let held: Buffer = Buffer.alloc(0);
    let greeted = false;
    socket.on("framesent", ({ payload }) => {
      held = Buffer.concat([held, Buffer.from(payload)]);
      if (!greeted && held.length > 0) {
        greeted = held[0] !== versionStart || held.length >= handshakeBytes;
        if (greeted && held[0] === versionStart) held = held.subarray(handshakeBytes);
      }
      if (greeted) held = read(held, sent);
    });
  });
  return sent;
}

/** Reads whole messages; gives back what is left. */
function read(bytes: Buffer, into: SentInput[]): Buffer {
  let rest = bytes;
  for (;;) {
    const type = rest[0];
    if (type === undefined) return rest;
    const rule = messageRules[type];
    if (!rule) throw new Error(`RFB message of type ${type}`);
    if (rest.length < rule.headerBytes) return rest;
    const length = rule.headerBytes + (rule.bodyBytes(rest) ?? 0);
    if (rest.length < length) return rest;
    if (type === pointerEvent) {
      const [x, y] = [rest.readUInt16BE(2), rest.readUInt16BE(4)];
      into.push({ type: "pointer", x, y, buttons: rest.readUInt8(1) });
    } else if (type === keyEvent) into.push({ type: "key", down: rest[1] !== 0 });
    else if (type === qemuMessage) into.push({ type: "key", down: rest[3] !== 0 });
    rest = rest.subarray(length);
  }
}
