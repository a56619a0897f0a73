import type { PictureLevel } from "./first-picture";

/** The WebSocket sub-protocol of consoles: bytes in binary messages, of RFB or of a serial port. */
export const consoleProtocol = "binary";

const openedPattern = /^rfb-opened\.(\d)\.(\d)$/;

/**
 * Another one, that may be offered besides: the portal goes through RFB's handshake with the guest
 * in the browser's place and asks for the first picture, of this level. What the server said in the
 * handshake is the first message, and what the browser would say of all that is left out.
 */
export function openedProtocol({ compression, quality }: PictureLevel): string {
  return `rfb-opened.${compression}.${quality}`;
}

/** The level that such a sub-protocol names; null for any other one. */
export function levelOfProtocol(protocol: string): PictureLevel | null {
  const [, compression, quality] = openedPattern.exec(protocol) ?? [];
  if (compression === undefined || quality === undefined) return null;
  return { compression: Number(compression), quality: Number(quality) };
}
