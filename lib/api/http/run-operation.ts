import type { Locale } from "@/i18n/locales";
import { withBase } from "@/lib/base-path";
import { AppError } from "@/lib/model/errors";
import type { Context } from "@/lib/services/context";
import { handlers } from "../handlers/all";
import type { Handler, Say } from "../handlers/handler";
import { recoverAnswer } from "../handlers/recover";
import type { Operation } from "../spec/operation";
import { apiBase, type OperationId, operations } from "../spec/operations";
import { type Answer, json } from "./answer";
import { readKey, withKey } from "./idempotency";
import { sayIn } from "./say";
import { toProblem } from "./to-problem";

/** A call of an operation, its input checked. */
export interface Call {
  id: OperationId;
  input: Record<string, unknown>;
  locale: Locale;
  /** The Idempotency-Key header. */
  key: string | string[] | undefined;
  /** Token or session secret of who asks. */
  secret(): Promise<string>;
}

/** Runs an operation and makes its answer, once for an Idempotency-Key. Throws what the use case throws. */
export async function runOperation(ctx: Context, call: Call): Promise<Answer> {
  const { id, input } = call;
  const operation: Operation = operations[id];
  const say = sayIn(call.locale);
  const key = readKey(call.key);
  if (key === null) return answerOf(operation, await handlerOf(id)(ctx, input, say));
  if (!operation.idempotent) throw keyNotTaken();
  const request = { key, secret: await call.secret(), operationId: id, input };
  return withKey(ctx, request, {
    run: async (own) => answerOf(operation, await handlerOf(id)(own, input, say)),
    recover: async (own, target) => answerOf(operation, await recoverAnswer(id, own, target, say)),
    refuse: (error, requestId) => toProblem(error, requestId, say),
  });
}

/** The input was parsed by the schemas that the handler's type is made of. */
function handlerOf(id: OperationId) {
  return handlers[id] as unknown as (
    ctx: Context,
    input: Record<string, unknown>,
    say: Say,
  ) => ReturnType<Handler<OperationId>>;
}

function answerOf(operation: Operation, value: unknown): Answer {
  if (value === undefined) return json(204, undefined);
  return json(operation.status, value, locationOf(operation, value));
}

/** Where to look after a task that goes on. */
function locationOf({ status }: Operation, value: unknown): Record<string, string> {
  if (status !== 202 || typeof value !== "object" || value === null || !("id" in value)) return {};
  return { Location: withBase(`${apiBase}/tasks/${String(value.id)}`) };
}

function keyNotTaken(): AppError {
  return new AppError({
    code: "input.invalid",
    message: "an Idempotency-Key where none is taken",
    fields: { "Idempotency-Key": { key: "field.idempotency_key_not_taken" } },
  });
}
