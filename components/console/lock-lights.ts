import type RFB from "@novnc/novnc";

/** What the lights of the guest's keyboard show; its system switches them, not the key. */
export interface LockLights {
  num: boolean;
  caps: boolean;
}

export interface LightsWatch {
  /** Null while QEMU has not told any. */
  now(): LockLights | null;
  /** Calls after every message about them; gives back how to stop. */
  listen(listener: () => void): () => void;
}

/** The part of noVNC 1.7.0 that reads QEMU's LED messages; it has no public name for it. */
interface LedReader {
  _handleLedEvent?: () => boolean;
  _remoteNumLock?: boolean | null;
  _remoteCapsLock?: boolean | null;
}

/**
 * Follows the lights of the guest's keyboard. Where noVNC no longer reads them as it did, there
 * are none, which is what a guest without lights looks like too.
 */
export function watchLockLights(rfb: RFB): LightsWatch {
  const reader = rfb as unknown as LedReader;
  const listeners = new Set<() => void>();
  let lights: LockLights | null = null;
  const read = reader._handleLedEvent?.bind(rfb);
  if (read) {
    reader._handleLedEvent = () => {
      const whole = read();
      if (whole) {
        lights = { num: reader._remoteNumLock === true, caps: reader._remoteCapsLock === true };
        for (const listener of listeners) listener();
      }
      return whole;
    };
  }
  return {
    now: () => lights,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
