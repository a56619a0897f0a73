import { readStart, type StartOptions } from "./read-start";
import { greetingBytes, hasGreeting } from "./rfb-greeting";
import type { Target } from "./target";

/** The only version whose handshake is known to the last byte; QEMU speaks it. */
const version = "RFB 003.008\n";
const securityNone = 1;
const shared = 1;
const resultBytes = 4;
/** Size, pixel format and the length of the name that follows (RFC 6143 §7.3.2). */
const initBytes = 24;

/**
 * Goes through RFB's handshake (RFC 6143 §7.1 to §7.3) in the browser's place, as it would: version
 * 3.8, no authentication, a shared screen, and `next` when it is over. Resolves to all that the server has said, which the
 * browser has yet to get, and leaves the target paused. Null, and the target closed, where the
 * server wants something else. Rejects as `readStart` does.
 */
export async function openRfb(
  target: Target,
  options: StartOptions & { next: Uint8Array },
): Promise<Buffer | null> {
  const steps = handshake((bytes) => void target.socket.write(bytes), options.next);
  let step = steps.next(Buffer.alloc(0));
  const said = await readStart(
    target,
    (read) => {
      hasGreeting(read);
      while (!step.done && read.length >= step.value) step = steps.next(read);
      return step.done === true;
    },
    options,
  );
  if (step.done === true && step.value) return said;
  target.socket.destroy();
  return null;
}

/**
 * Yields how many bytes must be there to go on, and is given all that are. Returns whether it came
 * to the end.
 */
function* handshake(
  answer: (bytes: Uint8Array) => void,
  next: Uint8Array,
): Generator<number, boolean, Buffer> {
  let read = yield greetingBytes;
  if (read.toString("latin1", 0, greetingBytes) !== version) return false;
  answer(Buffer.from(version));
  const typesAt = greetingBytes + 1;
  read = yield typesAt;
  const resultAt = typesAt + (read[greetingBytes] as number);
  read = yield resultAt;
  if (!read.subarray(typesAt, resultAt).includes(securityNone)) return false;
  answer(Buffer.from([securityNone]));
  const initAt = resultAt + resultBytes;
  read = yield initAt;
  if (read.readUInt32BE(resultAt) !== 0) return false;
  answer(Buffer.from([shared]));
  const nameAt = initAt + initBytes;
  read = yield nameAt;
  yield nameAt + read.readUInt32BE(nameAt - 4);
  answer(next);
  return true;
}
