/**
 * The one error type that crosses module borders. Match it by `code`: the bundler
 * evaluates this module in several copies, so class identity does not survive.
 */
export const errorCodes = [
  "input.invalid",
  "auth.required",
  "auth.forbidden",
  "not_found",
  "vm.bad_state",
  "conflict.stale",
  "conflict.exists",
  "conflict.rule",
  "quota.exceeded",
  "rate.limited",
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** HTTP status of each code, the same for actions, routes and the API. */
export const httpStatusOf: Record<ErrorCode, number> = {
  "input.invalid": 422,
  "auth.required": 401,
  "auth.forbidden": 403,
  not_found: 404,
  "vm.bad_state": 409,
  "conflict.stale": 409,
  "conflict.exists": 409,
  "conflict.rule": 409,
  "quota.exceeded": 409,
  "rate.limited": 429,
  "host.unreachable": 503,
  "host.outcome_unknown": 502,
  "host.refused": 409,
  "host.unsupported": 501,
  "host.timeout": 504,
  internal: 500,
};

/** A key of the `errors` message catalogue with the values it interpolates. */
export interface UserMessage {
  key: string;
  values?: Record<string, string | number>;
}

export interface AppErrorInit {
  code: ErrorCode;
  /** For the log, in English, with the technical facts. */
  message: string;
  /** What the person reads; defaults to the catalogue entry named like the code. */
  userMessage?: UserMessage;
  retryable?: boolean;
  /** Field name → message: the fields of a form whose values are to blame. */
  fields?: Record<string, UserMessage>;
  /** Safe to show: for example libvirt's own text for `host.refused`. */
  details?: Record<string, unknown>;
  /** Of `input.invalid`: no page or command of ours sends input of such a shape. */
  misshapen?: boolean;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: UserMessage;
  readonly retryable: boolean;
  readonly fields: Record<string, UserMessage>;
  readonly details: Record<string, unknown>;
  readonly misshapen: boolean;

  constructor(init: AppErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = "AppError";
    this.code = init.code;
    this.userMessage = init.userMessage ?? { key: init.code };
    this.retryable =
      init.retryable ?? (init.code === "host.unreachable" || init.code === "host.timeout");
    this.fields = init.fields ?? {};
    this.details = init.details ?? {};
    this.misshapen = init.misshapen ?? false;
  }
}

/** True for an AppError made by any copy of this module. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  if (typeof error !== "object" || error === null || !("code" in error)) return false;
  const found = (error as { code: unknown }).code;
  if (!errorCodes.includes(found as ErrorCode) || !("userMessage" in error)) return false;
  return code === undefined || found === code;
}

/** The error for an absent object and for another tenant's: nobody can tell which. */
export function notFound(what: string): AppError {
  return new AppError({ code: "not_found", message: `${what} not found` });
}
