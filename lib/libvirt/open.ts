import { dial } from "./dial";
import { isLibvirtError, LibvirtError, unreachable } from "./errors";
import { handshakeProcedures as handshake } from "./protocol/procedures/handshake";
import { RpcConnection, type RpcOptions } from "./rpc/connection";
import type { LibvirtUri } from "./uri";

const CONNECT_DEADLINE_MS = 10_000;
const AUTH = { none: 0, polkit: 2 } as const;

export interface OpenOptions extends RpcOptions {
  signal?: AbortSignal;
  /** Milliseconds for all of it: dialling, authentication and opening. */
  deadlineMs?: number;
}

/**
 * A connection that is authenticated and has the URI's driver open. Rejects with a LibvirtError;
 * nothing is left behind then.
 */
export async function openRpc(uri: LibvirtUri, options: OpenOptions): Promise<RpcConnection> {
  const deadline = AbortSignal.timeout(options.deadlineMs ?? CONNECT_DEADLINE_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  let rpc: RpcConnection | null = null;
  try {
    rpc = new RpcConnection(await dial(uri, signal), options);
    await authenticate(rpc, signal);
    await rpc.call("connectOpen", handshake.connectOpen, { name: uri.name }, { signal });
    return rpc;
  } catch (error) {
    rpc?.close();
    const stopped = options.signal?.aborted ? "aborted" : deadline.aborted ? "timeout" : null;
    if (stopped !== null) {
      throw new LibvirtError(stopped, `connecting to ${uri.text} was given up`, { cause: error });
    }
    throw isLibvirtError(error) ? error : unreachable(`connecting to ${uri.text}`, error);
  }
}

/** Root and members of libvirt's group need nothing; others may be let in by polkit. */
async function authenticate(rpc: RpcConnection, signal: AbortSignal): Promise<void> {
  const { types } = await rpc.call("authList", handshake.authList, {}, { signal });
  if (types.length === 0 || types.includes(AUTH.none)) return;
  if (!types.includes(AUTH.polkit)) {
    throw new LibvirtError("refused", "The daemon asks for SASL, which is not supported here.");
  }
  await rpc.call("authPolkit", handshake.authPolkit, {}, { signal });
}
