import type { Duplex } from "node:stream";
import { AppError } from "@/lib/model/errors";
import { isConsoleTaken } from "./errors";
import { linkOf } from "./link";
import { readSerial } from "./read-serial";
import type { Host } from "./types";

/** virDomainConsoleFlags: whoever reads the port is cut off. */
const FORCE = 1;

export interface SerialStream {
  /** Bytes both ways; it ends with the guest. Destroy it to let others have the port. */
  stream: Duplex;
  /** Of the run of the guest that it belongs to. */
  bootId: string;
}

/**
 * Opens the serial port of a running guest by libvirt, which gives it to one reader at a time.
 * Throws `conflict.rule` when somebody else has it and `takeOver` is not set, and what `readSerial`
 * throws. The signal ends the stream, too.
 */
export async function openSerial(
  host: Host,
  uuid: string,
  { takeOver, signal }: { takeOver: boolean; signal: AbortSignal },
): Promise<SerialStream> {
  const { dom, bootId } = await readSerial(host, uuid);
  try {
    const flags = takeOver ? FORCE : 0;
    return { stream: await linkOf(host).openConsole({ dom, flags }, signal), bootId };
  } catch (cause) {
    if (!isConsoleTaken(cause)) throw cause;
    throw new AppError({
      code: "conflict.rule",
      message: `the serial port of ${uuid} has another reader`,
      userMessage: { key: "vm.serial_taken" },
      cause,
    });
  }
}
