import { setTimeout as delay } from "node:timers/promises";
import type { Host } from "@/lib/hypervisor/types";
import { AppError, isAppError } from "@/lib/model/errors";
import { streamTarget } from "@/lib/websockify";
import type { GuestScreen } from "./connect-guest";
import type { ConsoleDeps } from "./deps";

/** A reader that has just left, as on a reload of the page, lets go of the port within this. */
const leavingMs = 1_500;
const againMs = 150;

/**
 * Opens the guest's serial port, and only of the start of the guest that `bootId` names. Throws
 * `conflict.stale` when the guest was started anew, `conflict.rule` when another reader has it, the
 * signal's reason, and what the host throws.
 */
export async function connectSerial(
  deps: Pick<ConsoleDeps, "openSerial">,
  guest: { host: Host; uuid: string; bootId: string; takeOver: boolean },
  signal: AbortSignal,
): Promise<GuestScreen> {
  const { stream, bootId } = await untilFree(deps, guest, signal);
  if (bootId === guest.bootId) return { target: streamTarget(stream) };
  stream.destroy();
  throw new AppError({
    code: "conflict.stale",
    message: `guest ${guest.uuid} was started anew since the ticket was made`,
  });
}

async function untilFree(
  deps: Pick<ConsoleDeps, "openSerial">,
  { host, uuid, takeOver }: Parameters<typeof connectSerial>[1],
  signal: AbortSignal,
): ReturnType<ConsoleDeps["openSerial"]> {
  const giveUpAt = performance.now() + leavingMs;
  for (;;) {
    try {
      return await deps.openSerial(host, uuid, { takeOver, signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error, "conflict.rule") || performance.now() > giveUpAt) throw error;
    }
    await delay(againMs, undefined, { signal });
  }
}
