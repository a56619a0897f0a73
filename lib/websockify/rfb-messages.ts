/** Client messages of RFB 3.x and of the extensions that QEMU and noVNC speak. */
export interface MessageRule {
  /** Bytes from the type on that must be seen to know the length. */
  headerBytes: number;
  /** Bytes after the header, or null when the message is not acceptable. */
  bodyBytes(header: Buffer): number | null;
  /** Whether a watcher may send it: it changes nothing in the guest. */
  harmless: boolean;
}

const maxEncodings = 1024;
const maxCutTextBytes = 1024 * 1024;
const maxFenceBytes = 64;

function fixed(totalBytes: number, harmless: boolean): MessageRule {
  return { headerBytes: totalBytes, bodyBytes: () => 0, harmless };
}

export const setEncodings = 2;
export const keyEvent = 4;
export const pointerEvent = 5;
export const qemuMessage = 255;
/** The second byte of QEMU's message for a key by its scan code. */
export const extendedKey = 0;
const updateRequest = 3;

/** Rules by message type; a type that is absent has no known length. */
export const messageRules: Readonly<Record<number, MessageRule>> = {
  // SetPixelFormat
  0: fixed(20, true),
  [setEncodings]: {
    headerBytes: 4,
    bodyBytes: (header) => {
      const count = header.readUInt16BE(2);
      return count > maxEncodings ? null : count * 4;
    },
    harmless: true,
  },
  // FramebufferUpdateRequest
  [updateRequest]: fixed(10, true),
  // KeyEvent
  [keyEvent]: fixed(8, false),
  // PointerEvent
  [pointerEvent]: fixed(6, false),
  // ClientCutText; a negative length announces the extended clipboard.
  6: {
    headerBytes: 8,
    bodyBytes: (header) => {
      const bytes = Math.abs(header.readInt32BE(4));
      return bytes > maxCutTextBytes ? null : bytes;
    },
    harmless: false,
  },
  // EnableContinuousUpdates
  150: fixed(10, true),
  // ClientFence
  248: {
    headerBytes: 9,
    bodyBytes: (header) => {
      const bytes = header.readUInt8(8);
      return bytes > maxFenceBytes ? null : bytes;
    },
    harmless: true,
  },
  // xvp: shut down, reboot, reset
  250: fixed(4, false),
  // SetDesktopSize
  251: {
    headerBytes: 8,
    bodyBytes: (header) => header.readUInt8(6) * 16,
    harmless: false,
  },
  // QEMU: extended key event (0) and audio (1)
  [qemuMessage]: {
    headerBytes: 4,
    bodyBytes: (header) => {
      const operation = header.readUInt16BE(2);
      if (header[1] === extendedKey) return 8;
      if (header[1] !== 1 || operation > 2) return null;
      return operation === 2 ? 6 : 0;
    },
    harmless: false,
  },
};

/**
 * Whole bytes of the messages of which a person sends the most, by type; 0: of other length, or
 * seldom. QEMU's is that for a key.
 */
export const untouchedBytes = new Uint8Array(256);
untouchedBytes[updateRequest] = 10;
untouchedBytes[keyEvent] = 8;
untouchedBytes[pointerEvent] = 6;
untouchedBytes[qemuMessage] = 12;

/** Extended mouse buttons would change the length of a pointer message: nobody may turn them on. */
const extendedMouse = -316;
/** Would show a watcher what is copied inside the guest. */
const extendedClipboard = 0xc0a1e5ce | 0;

/** An encoding number that nobody implements. */
const noEncoding = 0x7fffffff;

/** What a SetEncodings says in place of the encoding. */
export function passedEncoding(encoding: number, viewOnly: boolean): number {
  const refused = encoding === extendedMouse || (viewOnly && encoding === extendedClipboard);
  return refused ? noEncoding : encoding;
}
