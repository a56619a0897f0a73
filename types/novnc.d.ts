/**
 * The part of noVNC 1.7.0 that Portico uses. The package ships no types; its only
 * export is the RFB class, and its module awaits at the top level and touches `window`
 * when evaluated: import it dynamically, in a browser.
 */
declare module "@novnc/novnc" {
  export interface RfbEventMap {
    connect: CustomEvent<Record<string, never>>;
    /** `clean` is all noVNC tells; the WebSocket's own close event carries the reason. */
    disconnect: CustomEvent<{ clean: boolean }>;
    credentialsrequired: CustomEvent<{ types: string[] }>;
    securityfailure: CustomEvent<{ status: number; reason?: string }>;
    clipboard: CustomEvent<{ text: string }>;
    clippingviewport: CustomEvent<boolean>;
    desktopname: CustomEvent<{ name: string }>;
    capabilities: CustomEvent<{ capabilities: { power: boolean } }>;
    bell: CustomEvent<unknown>;
  }

  export interface RfbOptions {
    /** Asks the server to keep other viewers; true unless told otherwise. */
    shared?: boolean;
    credentials?: { username?: string; password?: string; target?: string };
  }

  export default class RFB {
    /**
     * Starts at once. The elements it adds to `target` are removed when it disconnects.
     * A WebSocket must be handed over before its first message arrives; a channel of one's own
     * needs a WebSocket's methods and handlers.
     */
    constructor(target: HTMLElement, urlOrChannel: string | WebSocket, options?: RfbOptions);

    /** How messages to the server are written. Not in noVNC's documentation. */
    static messages: {
      extendedClipboardProvide(socket: unknown, formats: number[], texts: string[]): void;
      clientCutText(socket: unknown, data: Uint8Array, extended?: boolean): void;
    };

    background: string;
    clipViewport: boolean;
    readonly clippingViewport: boolean;
    /** 0 (none) to 9. Setting another value while connected sends SetEncodings. */
    compressionLevel: number;
    dragViewport: boolean;
    focusOnClick: boolean;
    /** JPEG quality, 0 (worst) to 9. */
    qualityLevel: number;
    resizeSession: boolean;
    scaleViewport: boolean;
    /** Shows a dot where the guest shows no pointer. Not in noVNC's documentation. */
    showDotCursor: boolean;
    viewOnly: boolean;

    blur(): void;
    clipboardPasteFrom(text: string): void;
    disconnect(): void;
    focus(options?: FocusOptions): void;
    getImageData(): ImageData;
    sendCtrlAltDel(): void;
    /** `keysym` may be 0 when `code` (KeyboardEvent.code) is given; no `down` is press and release. */
    sendKey(keysym: number, code: string | null, down?: boolean): void;
    toBlob(callback: (blob: Blob | null) => void, type?: string, quality?: number): void;

    addEventListener<K extends keyof RfbEventMap>(
      type: K,
      listener: (event: RfbEventMap[K]) => void,
    ): void;
    removeEventListener<K extends keyof RfbEventMap>(
      type: K,
      listener: (event: RfbEventMap[K]) => void,
    ): void;
  }
}
