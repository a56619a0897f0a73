/** The computer's clipboard, as far as the browser lets a page at it. */
export interface OwnClipboard {
  /** Whether it may be read without anybody being asked. */
  mayRead(): Promise<boolean>;
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

export interface ClipboardSync {
  /** The guest has put this text on its clipboard. */
  fromGuest(text: string): Promise<void>;
  /** The guest's screen has got the keyboard. */
  focused(): Promise<void>;
}

/** Texts longer than this are not exchanged. QEMU ends the connection of a client that sends 1 MiB. */
export const clipboardLimitBytes = 512 * 1024;

/** Bytes of a text on its way. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * Keeps the guest's clipboard and the computer's alike. What was copied last counts; each text goes
 * over once, so that two do not chase each other. What the browser refuses is left to the dialog.
 */
export function createClipboardSync(
  own: OwnClipboard,
  send: (text: string) => void,
): ClipboardSync {
  /** What both have, as far as known. */
  let known: string | null = null;
  /** What the guest copied while the page could not write. */
  let waiting: string | null = null;

  async function put(text: string): Promise<void> {
    try {
      await own.write(text);
      known = text;
      waiting = null;
    } catch {
      waiting = text;
    }
  }

  return {
    async fromGuest(text) {
      if (text === "" || text === known || bytesOf(text) > clipboardLimitBytes) return;
      await put(text);
    },
    async focused() {
      if (!(await own.mayRead())) return;
      const text = await own.read().catch(() => "");
      if (text === known || text === "") {
        if (waiting !== null) await put(waiting);
        return;
      }
      known = text;
      waiting = null;
      if (bytesOf(text) <= clipboardLimitBytes) send(text);
    },
  };
}

/** The clipboard of the browser that the page is in; null where it has none, as on plain HTTP. */
export function browserClipboard(): OwnClipboard | null {
  const { clipboard, permissions } = navigator;
  if (!clipboard?.readText) return null;
  return {
    async mayRead() {
      // Firefox and Safari do not know the name: they ask each time, so nothing is read there.
      const name = "clipboard-read" as PermissionName;
      const status = await permissions.query({ name }).catch(() => null);
      return status?.state === "granted";
    },
    read: () => clipboard.readText(),
    write: (text) => clipboard.writeText(text),
  };
}
