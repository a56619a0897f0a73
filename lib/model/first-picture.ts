/** As RFB has them, 0 to 9: how hard the server packs, and how much of a JPEG is left. */
export interface PictureLevel {
  compression: number;
  quality: number;
}

const ascii = (text: string) => new TextEncoder().encode(text);

/** What a client says in RFB's handshake: version, no authentication, a shared screen. */
export const handshakeMessages = [
  ascii("RFB 003.008\n"),
  Uint8Array.of(1),
  Uint8Array.of(1),
] as const;

/** SetPixelFormat (RFC 6143 §7.5.1) as noVNC sends it: what a canvas takes. */
export const pixelFormat = Uint8Array.of(
  ...[0, 0, 0, 0],
  ...[32, 24, 0, 1],
  ...[0, 255, 0, 255, 0, 255],
  ...[0, 8, 16],
  ...[0, 0, 0],
);

/**
 * Of what noVNC can read the one that it likes most of QEMU's, and sizes that change: QEMU says
 * whether it takes some with the first picture that is asked for. noVNC's own, longer list follows.
 */
const encodings = {
  tight: 7,
  raw: 0,
  desktopSize: -223,
  extendedDesktopSize: -308,
  lastRect: -224,
} as const;
/** What the levels of JPEG quality and of compression are added to. */
const levelBase = { quality: -32, compression: -256 } as const;

/** More than any screen: the server keeps to its own size. */
const wholeScreen = [0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff] as const;

/**
 * Releases a key that is none (QEMU's extended key event). QEMU draws for who has just connected
 * after 80 ms, and for who asks later than that 130 after them; any message of what a person does
 * has it draw 30 ms after the last time instead (`protocol_client_msg` in its ui/vnc.c).
 */
const nudge = [255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] as const;

/** The messages by which a client that is through the handshake asks for its first picture. */
export function firstPictureRequest(level: PictureLevel): Uint8Array<ArrayBuffer> {
  const { quality, compression } = level;
  const levels = [levelBase.quality + quality, levelBase.compression + compression];
  const list = [...Object.values(encodings), ...levels].flatMap((each) => [...bigEndian(each)]);
  const setEncodings = [2, 0, 0, list.length / 4, ...list];
  const updateRequest = [3, 0, ...wholeScreen];
  return Uint8Array.of(...pixelFormat, ...setEncodings, ...updateRequest, ...nudge);
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}
