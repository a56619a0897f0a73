import { type AppError, type ErrorCode, isAppError, type UserMessage } from "./errors";

/** What a server action returns: expected failures are values, bugs are thrown. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      error: {
        code: ErrorCode;
        message: UserMessage;
        fields: Record<string, UserMessage>;
        details: Record<string, unknown>;
      };
    };

export type ActionFailure = Extract<ActionResult<never>, { ok: false }>["error"];

export function succeeded<T>(value: T): ActionResult<T> {
  return { ok: true, value };
}

/** Turns an AppError into a value; rethrows anything else, which is a bug. */
export function failed(error: unknown): ActionResult<never> {
  if (!isAppError(error)) throw error;
  const { code, userMessage, fields, details } = error as AppError;
  return { ok: false, error: { code, message: userMessage, fields, details } };
}
