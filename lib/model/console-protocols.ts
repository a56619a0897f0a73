/** The WebSocket sub-protocols of a console: bytes in binary messages, of RFB or of a serial port. */
export const consoleProtocols = {
  /** The one that noVNC and others speak. */
  plain: "binary",
  /**
   * The portal has gone through RFB's handshake with the guest in the browser's place: what the
   * server said is the first message, and what the browser would say is left out.
   */
  opened: "rfb-opened",
} as const;
