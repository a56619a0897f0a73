import { isLibvirtError, type LibvirtError } from "@/lib/libvirt";
import { AppError, isAppError, notFound } from "@/lib/model/errors";

/** virErrorNumber: the only place that knows these numbers. */
const codes = {
  internalError: 1,
  noSupport: 3,
  invalidArgument: 8,
  operationFailed: 9,
  domainExists: 28,
  networkExists: 37,
  noDomain: 42,
  noNetwork: 43,
  authFailed: 45,
  noPool: 49,
  noVolume: 50,
  operationInvalid: 55,
  noFilter: 62,
  configUnsupported: 67,
  operationTimeout: 68,
  noSnapshot: 72,
  argumentUnsupported: 74,
  operationUnsupported: 84,
  agentUnresponsive: 86,
  accessDenied: 88,
  volumeExists: 90,
  authUnavailable: 94,
  noCheckpoint: 103,
} as const;

const absent: number[] = [
  codes.noDomain,
  codes.noNetwork,
  codes.noPool,
  codes.noVolume,
  codes.noSnapshot,
  codes.noCheckpoint,
  codes.noFilter,
];
const unsupported: number[] = [
  codes.noSupport,
  codes.configUnsupported,
  codes.argumentUnsupported,
  codes.operationUnsupported,
];
const existing: number[] = [codes.domainExists, codes.networkExists, codes.volumeExists];

/**
 * Turns what lib/libvirt throws into an AppError: `host.unreachable` (nothing was done),
 * `host.outcome_unknown` (the wire died in mid-call), `host.timeout` (`details.sent` says whether
 * the host may still do it), `not_found`, `vm.bad_state`, `conflict.exists`, `host.unsupported`
 * or `host.refused`. libvirt's own text is in `details.reason`. Anything else comes back as it was.
 */
export function toAppError(error: unknown, what: string): unknown {
  if (isAppError(error) || !isLibvirtError(error)) return error;
  switch (error.kind) {
    case "refused":
      return fromRefusal(error, what);
    case "outcome_unknown":
      return hostError("host.outcome_unknown", error, what, false);
    case "timeout":
      return hostError("host.timeout", error, what, !error.sent);
    case "unreachable":
    case "closed":
      return hostError("host.unreachable", error, what, true);
    case "aborted":
      return error;
    case "protocol":
      return hostError("host.unsupported", error, what, false);
  }
}

function fromRefusal(error: LibvirtError, what: string): AppError {
  const code = error.libvirtCode ?? 0;
  if (absent.includes(code)) return notFound(what);
  if (existing.includes(code)) return hostError("conflict.exists", error, what, false);
  if (unsupported.includes(code)) return hostError("host.unsupported", error, what, false);
  if (code === codes.operationInvalid) return hostError("vm.bad_state", error, what, false);
  if (code === codes.operationTimeout) return hostError("host.timeout", error, what, false);
  return hostError("host.refused", error, what, false);
}

function hostError(
  code: AppError["code"],
  error: LibvirtError,
  what: string,
  retryable: boolean,
): AppError {
  return new AppError({
    code,
    message: `${what}: ${error.message}`,
    retryable,
    details: { reason: error.message, sent: error.sent },
    cause: error,
  });
}

/** Whether libvirt said that the domain, network, pool, volume or snapshot is not there. */
export function isAbsent(error: unknown): boolean {
  if (isAppError(error, "not_found")) return true;
  return refusedWith(error, absent);
}

/** Whether libvirt said that it already exists. */
export function alreadyExists(error: unknown): boolean {
  return isAppError(error, "conflict.exists") || refusedWith(error, existing);
}

/** Whether libvirt or its driver does not know a procedure or a flag. */
export function isUnsupported(error: unknown): boolean {
  if (isAppError(error, "host.unsupported")) return true;
  const cause = isAppError(error) ? error.cause : error;
  return refusedWith(cause, [...unsupported, codes.invalidArgument]);
}

/** Whether libvirt said that the guest's agent is not connected or does not respond. */
export function isAgentSilent(error: unknown): boolean {
  return refusedWith(isAppError(error) ? error.cause : error, [codes.agentUnresponsive]);
}

/** Whether libvirt said that somebody else has the console. */
export function isConsoleTaken(error: unknown): boolean {
  return refusedWith(isAppError(error) ? error.cause : error, [codes.operationFailed]);
}

/**
 * Whether libvirt looks through no pool now because a file is being made in it. It has no number of
 * its own for that, nor for whatever else it did not foresee.
 */
export function mayBeBusy(error: unknown): boolean {
  return refusedWith(isAppError(error) ? error.cause : error, [codes.internalError]);
}

function refusedWith(error: unknown, numbers: readonly number[]): boolean {
  return isLibvirtError(error) && numbers.includes(error.libvirtCode ?? 0);
}
