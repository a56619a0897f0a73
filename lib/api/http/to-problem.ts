import { withBase } from "@/lib/base-path";
import { isAppError } from "@/lib/model/errors";
import type { Say } from "../handlers/handler";
import { type Problem, statusOfProblem, titleOfProblem } from "../spec/problem";
import type { Answer } from "./answer";
import { RequestProblem } from "./request-problem";

/** Seconds after which a request that was refused for the moment may be tried again. */
const retryAfterSeconds = 5;

/** An error as the program reads it; of a bug nothing but where it stands in the log. */
export function toProblem(error: unknown, requestId: string, say: Say): Answer {
  const problem = describe(error, requestId, say);
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json",
    ...(error instanceof RequestProblem ? error.headers : {}),
  };
  if (problem.status === 401) headers["WWW-Authenticate"] = 'Bearer realm="portico"';
  if (problem.status === 429 || problem.status === 503) {
    headers["Retry-After"] ??= String(problem.details.seconds ?? retryAfterSeconds);
  }
  return { status: problem.status, headers, body: JSON.stringify(problem) };
}

function describe(error: unknown, requestId: string, say: Say): Problem {
  if (error instanceof RequestProblem) {
    const { code, userMessage } = error;
    return problem(code, say(userMessage), requestId, code === "idempotency.in_flight");
  }
  if (!isAppError(error)) return problem("internal", say({ key: "internal" }), requestId, false);
  const { code, userMessage, fields, details } = error;
  const retryable = error.retryable || code === "rate.limited";
  // A key that is only the code says less to a program's user than to a page's.
  const shown = code === "auth.required" ? { key: "auth.credential" } : userMessage;
  return {
    ...problem(code, say(shown), requestId, retryable),
    errors: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, say(text)])),
    details,
  };
}

function problem(
  code: Problem["code"],
  detail: string,
  requestId: string,
  retryable: boolean,
): Problem {
  return {
    type: withBase(`/problems/${code}`),
    title: titleOfProblem[code],
    status: statusOfProblem[code],
    detail,
    code,
    errors: {},
    details: {},
    requestId,
    retryable,
  };
}
