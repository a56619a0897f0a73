import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { AppError, isAppError } from "@/lib/model/errors";
import type { Context } from "@/lib/services/context";
import { findDone } from "@/lib/services/idempotency/find-done";
import { claimKey, keepAnswer, releaseKey } from "@/lib/services/idempotency/keys";
import type { ProblemCode } from "../spec/problem";
import type { Answer } from "./answer";
import { RequestProblem } from "./request-problem";

/** The request whose answer is kept. */
export interface KeyedRequest {
  /** The Idempotency-Key header. */
  key: string;
  /** Token or session secret of who asks: what is kept can be read with it alone. */
  secret: string;
  operationId: string;
  input: unknown;
}

/** How the work is done, and how its answer is made again when it was done but not answered. */
export interface KeyedWork {
  run(ctx: Context): Promise<Answer>;
  recover(ctx: Context, targetId: string): Promise<Answer>;
  /** A refusal as an answer. */
  refuse(error: unknown, requestId: string): Answer;
}

/** Refusals that depend on the moment or on who asks: the key is given back. */
const passing: readonly ProblemCode[] = [
  "auth.required",
  "auth.forbidden",
  "rate.limited",
  "host.unreachable",
  "host.timeout",
];

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** The key of a request; throws `input.invalid` for one that cannot be used. */
export function readKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === "string" && keyPattern.test(header)) return header;
  throw new AppError({
    code: "input.invalid",
    message: "not an Idempotency-Key",
    fields: { "Idempotency-Key": { key: "field.idempotency_key" } },
  });
}

/**
 * Does the work at most once for a key: the same request again gets the same answer, for 24
 * hours. The answer is kept sealed, since it may show a secret. Throws a RequestProblem for
 * another request with the key and while the first one runs.
 */
export async function withKey(
  ctx: Context,
  request: KeyedRequest,
  work: KeyedWork,
): Promise<Answer> {
  const id = digest(ctx.actor.sessionId, request.key);
  const requestHash = digest(request.operationId, JSON.stringify(request.input));
  const claim = await claimKey(ctx, { id, requestHash });
  if (claim.state === "other") {
    throw new RequestProblem("idempotency.mismatch", "the key stands for another request");
  }
  if (claim.state === "in_flight") {
    const headers = { "Retry-After": "1" };
    throw new RequestProblem("idempotency.in_flight", "the key is in use", headers);
  }
  if (claim.state === "answered") return unseal(claim, request);
  const { requestId } = claim;
  const own = { ...ctx, requestId, log: ctx.log.child({ requestId }) };
  const done = claim.state === "abandoned" ? await findDone(ctx, requestId) : null;
  const found = await (done ? work.recover(own, done.targetId) : work.run(own)).catch(
    async (error: unknown) => {
      // Whether a bug came before or after the change is not known: the next one looks.
      if (!isAppError(error) || error.code === "internal") throw error;
      if (passing.includes(error.code)) {
        await releaseKey(ctx, id);
        throw error;
      }
      return work.refuse(error, requestId);
    },
  );
  const answer = { ...found, headers: { ...found.headers, "X-Request-Id": requestId } };
  await keepAnswer(ctx, { id, status: answer.status, body: seal(answer, request) });
  return answer;
}

function digest(...parts: string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("base64url");
}

function sealingKey({ key, secret }: KeyedRequest): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, key, "portico idempotency", 32));
}

function seal({ headers, body }: Answer, request: KeyedRequest): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(request), nonce);
  const text = JSON.stringify({ headers, body: body?.toString() });
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

function unseal(kept: { status: number; body: string }, request: KeyedRequest): Answer {
  const bytes = Buffer.from(kept.body, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(request), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
  const { headers, body } = JSON.parse(text) as Pick<Answer, "headers" | "body">;
  return { status: kept.status, headers: { ...headers, "Idempotency-Replayed": "true" }, body };
}
