/** The part of noVNC that writes RFB's messages, which all its connections share. */
export interface RfbMessages {
  extendedClipboardProvide(socket: unknown, formats: number[], texts: string[]): void;
  clientCutText(socket: unknown, data: Uint8Array, extended?: boolean): void;
}

/** The action "provide" and the format "text" of RFB's extended clipboard. */
const provideText = 0x1000_0001;
const changed = new WeakSet<RfbMessages>();

/**
 * Has noVNC hand a text to the guest as it is. RFB wants lines to end by CR LF, and a NUL after the
 * last; QEMU passes both on to the guest's agent, and a shell in Linux gets a return for every line.
 */
export function sendPlainText(messages: RfbMessages): void {
  if (changed.has(messages) || typeof CompressionStream === "undefined") return;
  changed.add(messages);
  messages.extendedClipboardProvide = (socket, _formats, [text = ""]) => {
    // It only fails when the page is going away.
    provided(text).then(
      (data) => messages.clientCutText(socket, data, true),
      () => undefined,
    );
  };
}

/** The message's content: the flags, then the length and the text in UTF-8, as zlib packs them. */
export async function provided(text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(text.replace(/\r\n?/g, "\n"));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  const packing = new Blob([length, bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  const packed = new Uint8Array(await new Response(packing).arrayBuffer());
  const data = new Uint8Array(4 + packed.length);
  new DataView(data.buffer).setUint32(0, provideText);
  data.set(packed, 4);
  return data;
}
