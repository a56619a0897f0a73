/**
 * What went wrong, in the one way that decides what the caller may do next.
 *
 * - `unreachable`: the call never left; nothing was done.
 * - `closed`: we closed the connection ourselves; nothing was done.
 * - `outcome_unknown`: the call had left when the wire died; look before doing it again.
 * - `timeout` / `aborted`: the caller stopped waiting; `sent` says whether the daemon had the call.
 * - `protocol`: the peer (or an argument of ours) does not fit the wire format.
 * - `refused`: the daemon answered with an error; the libvirt fields are set.
 */
export type LibvirtErrorKind =
  | "unreachable"
  | "closed"
  | "outcome_unknown"
  | "timeout"
  | "aborted"
  | "protocol"
  | "refused";

export interface LibvirtErrorDetails {
  /** True when the request had been handed to the wire, so that the daemon may have acted on it. */
  sent?: boolean;
  libvirtCode?: number;
  libvirtDomain?: number;
  level?: number;
  cause?: unknown;
}

/** The only error that lib/libvirt rejects or throws with. Match it by `kind`, not by class. */
export class LibvirtError extends Error {
  override readonly name = "LibvirtError";
  readonly kind: LibvirtErrorKind;
  readonly sent: boolean;
  /** virErrorNumber, for `refused` only. */
  readonly libvirtCode?: number;
  /** virErrorDomain: the part of libvirt that refused. */
  readonly libvirtDomain?: number;
  /** 1 warning, 2 error. */
  readonly level?: number;

  constructor(kind: LibvirtErrorKind, message: string, details: LibvirtErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.sent = details.sent ?? (kind === "refused" || kind === "outcome_unknown");
    this.libvirtCode = details.libvirtCode;
    this.libvirtDomain = details.libvirtDomain;
    this.level = details.level;
  }
}

/** Works across copies of this module: a bundler may evaluate it more than once. */
export function isLibvirtError(value: unknown): value is LibvirtError {
  return value instanceof Error && value.name === "LibvirtError" && "kind" in value;
}

export function protocolError(message: string): LibvirtError {
  return new LibvirtError("protocol", message);
}

/** Any failure of a dialer or a socket, as the error of a wire that is not there. */
export function unreachable(what: string, cause: unknown): LibvirtError {
  if (isLibvirtError(cause)) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LibvirtError("unreachable", `${what}: ${reason}`, { cause });
}
