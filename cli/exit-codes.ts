/** What the exit code of a command tells a script. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  /** The words of the call are wrong; nothing was asked. */
  usage: 2,
  /** Not signed in, or not allowed. */
  denied: 3,
  notFound: 4,
  /** The state, a limit or another's change speaks against it. */
  conflict: 5,
  /** The portal or a host does not answer. */
  unreachable: 6,
  /** The work was begun and ended as failed or cancelled. */
  taskFailed: 7,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of an HTTP status that is no success. */
export function exitCodeOfStatus(status: number): ExitCode {
  if (status === 401 || status === 403) return exitCodes.denied;
  if (status === 404) return exitCodes.notFound;
  if (status === 409 || status === 429) return exitCodes.conflict;
  if (status === 422 || status === 400) return exitCodes.usage;
  if (status >= 502 && status <= 504) return exitCodes.unreachable;
  return exitCodes.failed;
}
