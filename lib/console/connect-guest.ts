import type { Host } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import { connectTarget, openRfb, readGreeting, type Target } from "@/lib/websockify";
import type { ConsoleDeps, Tunnel } from "./deps";

const tunnelMs = 12_000;
const connectMs = 3_000;
const greetingMs = 5_000;

export interface GuestScreen {
  target: Target;
  /** What a VNC server said first; the browser has yet to get it. */
  greeting?: Buffer;
  /** RFB's handshake is over. */
  opened?: boolean;
}

/**
 * Connects to the guest's VNC server, and only to the start of the guest that `bootId` names. With
 * `opening` goes through RFB's handshake with it, where it is the usual one, and says that then.
 * Throws `conflict.stale` when the guest was started anew, `host.unreachable` when nobody answers
 * on its socket, the signal's reason, and what the host throws.
 */
export async function connectGuest(
  deps: Pick<ConsoleDeps, "consoleEndpoint">,
  guest: { host: Host; uuid: string; bootId: string; opening?: Uint8Array },
  signal: AbortSignal,
): Promise<GuestScreen> {
  const endpoint = await deps.consoleEndpoint(guest.host, guest.uuid);
  if (endpoint.bootId !== guest.bootId) {
    throw new AppError({
      code: "conflict.stale",
      message: `guest ${guest.uuid} was started anew since the ticket was made`,
    });
  }
  let tunnel: Tunnel | undefined;
  try {
    tunnel = await endpoint.tunnel?.(AbortSignal.any([signal, AbortSignal.timeout(tunnelMs)]));
    const { path } = tunnel ?? endpoint;
    const screen = await greet(path, guest.opening, signal);
    if (tunnel) screen.target.socket.once("close", tunnel.close);
    return screen;
  } catch (cause) {
    tunnel?.close();
    signal.throwIfAborted();
    const why = tunnel?.complaint() ?? "";
    throw new AppError({
      code: "host.unreachable",
      message: `no VNC server answers for guest ${guest.uuid}${why && `: ${why}`}`,
      cause,
    });
  }
}

async function greet(
  path: string,
  opening: Uint8Array | undefined,
  signal: AbortSignal,
): Promise<GuestScreen> {
  const connect = () => connectTarget({ path }, { timeoutMs: connectMs, signal });
  const patience = { timeoutMs: greetingMs, signal };
  let target = await connect();
  if (opening !== undefined) {
    const greeting = await openRfb(target, { ...patience, next: opening });
    if (greeting !== null) return { target, greeting, opened: true };
    // It wants a password, as a rule: the browser is to see that for itself.
    target = await connect();
  }
  return { target, greeting: await readGreeting(target, patience) };
}
