import { connect } from "node:net";
import type { GuestKeyboard } from "@/components/console/knock";
import { linuxKeys } from "@/lib/hypervisor/vm/type-keys";
import { ByteReader } from "./byte-reader";

const extendedKey = -258;
const lights = -261;
/** XT's scan codes where Linux' own numbers are others, and of keys that no layout types. */
const scanCodes: Readonly<Record<string, number>> = {
  AltRight: 0xb8,
  IntlRo: 0x73,
  IntlYen: 0x7d,
  MetaLeft: 0xdb,
  AltLeft: 0x38,
  ControlLeft: 0x1d,
  NumLock: 0x45,
  CapsLock: 0x3a,
};

export interface VncKeyboard extends GuestKeyboard {
  close(): void;
}

/** The keyboard of a guest of QEMU's, by its VNC server on a unix socket. */
export async function vncKeyboard(path: string): Promise<VncKeyboard> {
  const socket = connect(path);
  const reader = new ByteReader(socket);
  const listeners = new Set<() => void>();
  let shown: { num: boolean; caps: boolean } | null = null;

  await reader.take(12);
  socket.write("RFB 003.008\n");
  await reader.take((await reader.take(1)).readUInt8(0));
  socket.write(Buffer.from([1]));
  await reader.take(4);
  socket.write(Buffer.from([1]));
  const init = await reader.take(24);
  await reader.take(init.readUInt32BE(20));
  const asked = Buffer.alloc(16);
  asked.set([2, 0, 0, 3]);
  [0, extendedKey, lights].forEach((each, at) => void asked.writeInt32BE(each, 4 + 4 * at));
  socket.write(asked);

  /** Of the smallest part there is: the lights come along with pictures. */
  function ask(incremental: boolean): void {
    socket.write(Buffer.from([3, incremental ? 1 : 0, 0, 0, 0, 0, 0, 1, 0, 1]));
  }

  async function readUpdate(): Promise<void> {
    await reader.take(1);
    for (let left = (await reader.take(2)).readUInt16BE(0); left > 0; left -= 1) {
      const head = await reader.take(12);
      const encoding = head.readInt32BE(8);
      if (encoding === lights) {
        const bits = (await reader.take(1)).readUInt8(0);
        shown = { num: (bits & 2) !== 0, caps: (bits & 4) !== 0 };
        for (const each of [...listeners]) each();
      } else if (encoding !== extendedKey) {
        await reader.take(head.readUInt16BE(4) * head.readUInt16BE(6) * 4);
      }
    }
  }

  async function listen(): Promise<void> {
    for (ask(false); ; ask(true)) {
      // Nothing but pictures was asked for, and QEMU rings no bell.
      if ((await reader.take(1)).readUInt8(0) !== 0) throw new Error("not a picture");
      await readUpdate();
    }
  }
  listen().catch(() => socket.destroy());

  return {
    send({ code, keysym, down }) {
      const scanCode = scanCodes[code] ?? linuxKeys.get(code);
      if (scanCode === undefined) throw new Error(`${code} has no scan code`);
      const message = Buffer.alloc(12);
      message.set([255, 0, 0, down ? 1 : 0]);
      message.writeUInt32BE(keysym, 4);
      message.writeUInt32BE(scanCode, 8);
      socket.write(message);
    },
    lights: () => shown,
    onLights(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => socket.destroy(),
  };
}
