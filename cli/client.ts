import {
  apiBase,
  type OperationCall,
  type OperationId,
  type OperationResult,
  operations,
} from "@/lib/api/spec/operations";
import { CliError } from "./cli-error";
import { exitCodes } from "./exit-codes";
import { problemOf } from "./problem";
import type { Profile } from "./profile";

const timeoutMs = 60_000;

export interface Client {
  profile: Profile;
  /** The answer of an operation, checked by its schema. Throws a CliError that says what to do. */
  call<Id extends OperationId>(
    id: Id,
    input: OperationCall<Id>,
    headers?: Record<string, string>,
  ): Promise<OperationResult<Id>>;
}

/** A client of one portal, with the token of the profile. */
export function makeClient(profile: Profile, language: string, signal: AbortSignal): Client {
  return {
    profile,
    async call(id, input, headers = {}) {
      const { method, response } = operations[id];
      const { path, body } = requestOf(id, input as Record<string, unknown>);
      const all = { "accept-language": language, ...headers };
      const answer = await send(profile, method, path, body, all, signal);
      const text = await answer.text();
      if (!answer.ok) throw problemOf(answer.status, text, profile.url);
      const parsed = response?.safeParse(text === "" ? undefined : parseJson(text));
      if (parsed === undefined) return undefined as OperationResult<typeof id>;
      if (parsed.success) return parsed.data as OperationResult<typeof id>;
      throw new CliError(
        `${profile.url} answered ${method} ${path} in another form than this portico knows. ` +
          "Are both of the same version?",
      );
    },
  };
}

/** Where each part of the input goes: path, query or body, as the table of operations says. */
function requestOf(id: OperationId, input: Record<string, unknown>) {
  const { path: pattern, query, body: bodySchema } = operations[id];
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input[name])),
  );
  const search = new URLSearchParams();
  for (const name of Object.keys(query.shape)) {
    if (input[name] !== undefined) search.set(name, String(input[name]));
  }
  const named = bodySchema === null ? [] : Object.keys(bodySchema.shape);
  const body = Object.fromEntries(named.map((name) => [name, input[name]]));
  const suffix = search.size > 0 ? `?${search}` : "";
  return { path: `${path}${suffix}`, body: bodySchema === null ? undefined : body };
}

async function send(
  profile: Profile,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(`${profile.url}${apiBase}${path}`, {
      method,
      // A redirect could carry the token to somebody else.
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headers: {
        accept: "application/json",
        authorization: `Bearer ${profile.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`${profile.url} does not answer: ${reason}`, exitCodes.unreachable);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
