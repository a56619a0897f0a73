import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/model/errors";
import { once } from "@/lib/runtime/once";

/** Requests of one token or session in a window, in seconds. */
export const rateLimit = { requests: 1_000, seconds: 10 } as const;

/** Counts a request; returns what its answer says about it. Rejects with `rate.limited`. */
export function countRequest(sessionId: string): Promise<Record<string, string>> {
  const limiter = once(
    "api.rate-limit",
    () => new RateLimiterMemory({ points: rateLimit.requests, duration: rateLimit.seconds }),
  );
  return limiter.consume(sessionId).then(headersOf, refuse);
}

function refuse(refusal: unknown): never {
  // Told by its shape: the limiter may come from another copy of the package.
  if (typeof refusal !== "object" || refusal === null || !("msBeforeNext" in refusal)) {
    throw refusal;
  }
  const seconds = Math.max(1, Math.ceil(Number(refusal.msBeforeNext) / 1000));
  throw new AppError({
    code: "rate.limited",
    message: `more than ${rateLimit.requests} requests in ${rateLimit.seconds} s`,
    userMessage: { key: "request.too_many", values: { ...rateLimit } },
    details: { seconds },
  });
}

function headersOf({ remainingPoints, msBeforeNext }: RateLimiterRes): Record<string, string> {
  return {
    "RateLimit-Limit": String(rateLimit.requests),
    "RateLimit-Remaining": String(remainingPoints),
    "RateLimit-Reset": String(Math.ceil(msBeforeNext / 1000)),
  };
}
