import { z } from "zod";
import { type ErrorCode, errorCodes, httpStatusOf } from "@/lib/model/errors";

/** Codes that only HTTP can have; the others are those of the whole product. */
export const requestCodes = [
  "request.malformed",
  "request.method",
  "request.media_type",
  "request.too_large",
  "idempotency.in_flight",
  "idempotency.mismatch",
] as const;
export type RequestCode = (typeof requestCodes)[number];

export const problemCodes = [...errorCodes, ...requestCodes] as const;
export type ProblemCode = ErrorCode | RequestCode;

export const statusOfProblem: Record<ProblemCode, number> = {
  ...httpStatusOf,
  "request.malformed": 400,
  "request.method": 405,
  "request.media_type": 415,
  "request.too_large": 413,
  "idempotency.in_flight": 409,
  "idempotency.mismatch": 422,
};

/** What each code says in general; `detail` says it of the case at hand. */
export const titleOfProblem: Record<ProblemCode, string> = {
  "input.invalid": "Some values cannot be used",
  "auth.required": "A valid token or session is needed",
  "auth.forbidden": "Not allowed",
  not_found: "Not found",
  "vm.bad_state": "Not possible in the present state",
  "conflict.stale": "Changed in the meantime",
  "conflict.exists": "Exists already",
  "conflict.rule": "Against a rule of the installation",
  "quota.exceeded": "Beyond a limit",
  "rate.limited": "Too many requests",
  "host.unreachable": "The host cannot be reached",
  "host.outcome_unknown": "It is not known whether it was done",
  "host.refused": "The host refused",
  "host.unsupported": "Not possible on this host",
  "host.timeout": "The host took too long",
  internal: "Something broke on our side",
  "request.malformed": "The request cannot be read",
  "request.method": "No such method here",
  "request.media_type": "Only JSON is taken",
  "request.too_large": "The body is too large",
  "idempotency.in_flight": "The first request with this key still runs",
  "idempotency.mismatch": "This key was used for another request",
};

/** RFC 9457 problem details, with what a program needs to decide. */
export const problemSchema = z
  .object({
    type: z.string().describe("Address of the code's description, /problems/{code}."),
    title: z.string().describe("What the code means, always the same."),
    status: z.int().min(400).max(599),
    detail: z.string().describe("What happened, for a person, in the language asked for."),
    code: z.enum(problemCodes).describe("What a program decides by."),
    errors: z
      .record(z.string(), z.string())
      .describe("For each field of the request that cannot be used: why."),
    details: z
      .record(z.string(), z.unknown())
      .describe("Figures of the case, for example limit, used and asked of a quota."),
    requestId: z.string().describe("Stands in the portal's log and in the audit log."),
    retryable: z.boolean().describe("Whether the same request may succeed a little later."),
  })
  .meta({ id: "Problem" });
export type Problem = z.output<typeof problemSchema>;

/** What an operation that changes a VM on its host may answer besides. */
export const hostProblems: readonly ProblemCode[] = [
  "vm.bad_state",
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
];

/** What any operation may answer. */
export const commonProblems: readonly ProblemCode[] = [
  "input.invalid",
  "auth.required",
  "auth.forbidden",
  "not_found",
  "rate.limited",
  "internal",
];
