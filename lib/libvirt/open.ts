import { dial } from "./dial";
import { isLibvirtError, LibvirtError, unreachable } from "./errors";
import { startKeepalive } from "./keepalive";
import { procedures } from "./protocol/procedures";
import { handshakeProcedures as handshake } from "./protocol/procedures/handshake";
import { RpcConnection, type RpcOptions } from "./rpc/connection";
import type { LibvirtUri } from "./uri";

const CONNECT_DEADLINE_MS = 10_000;
/** libvirt's number for "this end understands keepalive packets"; asking makes it send them. */
const FEATURE_KEEPALIVE = 10;
const AUTH = { none: 0, polkit: 2 } as const;

export interface OpenOptions extends RpcOptions {
  signal?: AbortSignal;
  /** Milliseconds for all of it: dialling, authentication and opening. */
  deadlineMs?: number;
}

/**
 * A connection that is authenticated and has the URI's driver open. With `keepalive` both sides
 * ping; a stream's connection goes without, because its reader may rest for long. Rejects with a
 * LibvirtError; nothing is left behind then.
 */
export async function openRpc(
  uri: LibvirtUri,
  options: OpenOptions,
  { keepalive }: { keepalive: boolean },
): Promise<RpcConnection> {
  const deadline = AbortSignal.timeout(options.deadlineMs ?? CONNECT_DEADLINE_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  let rpc: RpcConnection | null = null;
  try {
    rpc = new RpcConnection(await dial(uri, signal), options);
    await authenticate(rpc, signal);
    await rpc.call("connectOpen", handshake.connectOpen, { name: uri.name }, { signal });
    if (keepalive) await agreeOnKeepalive(rpc, signal);
    return rpc;
  } catch (error) {
    rpc?.close();
    const stopped = options.signal?.aborted ? "aborted" : deadline.aborted ? "timeout" : null;
    if (stopped !== null) {
      throw new LibvirtError(stopped, `connecting to ${uri.text} was given up`, { cause: error });
    }
    throw connectFailure(uri, error);
  }
}

/** Opening changes nothing on the host, so an end in the middle leaves no outcome unknown. */
function connectFailure(uri: LibvirtUri, error: unknown): LibvirtError {
  const what = `connecting to ${uri.text}`;
  if (!isLibvirtError(error)) return unreachable(what, error);
  if (error.kind !== "outcome_unknown" || !isLibvirtError(error.cause)) return error;
  const { kind, message } = error.cause;
  return new LibvirtError(kind, `${what}: ${message}`, { cause: error.cause });
}

async function agreeOnKeepalive(rpc: RpcConnection, signal: AbortSignal): Promise<void> {
  const { connectSupportsFeature } = procedures;
  const feature = { feature: FEATURE_KEEPALIVE };
  await rpc.call("connectSupportsFeature", connectSupportsFeature, feature, { signal });
  startKeepalive(rpc);
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
