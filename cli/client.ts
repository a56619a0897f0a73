import { z } from "zod";
import { CliError } from "./cli-error";
import { exitCodeOfStatus, exitCodes } from "./exit-codes";
import type { Profile } from "./profile";

const timeoutMs = 60_000;

/** RFC 9457, as the portal answers it. */
const problemSchema = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  code: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.record(z.string(), z.unknown()).optional(),
});

export interface Asked {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below /api/v1: "/vms". */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Client {
  profile: Profile;
  /** The answer's body, checked by the schema. Throws a CliError that says what to do. */
  ask<T>(asked: Asked, schema: z.ZodType<T>): Promise<T>;
}

/** A client of one portal, with the token of the profile. */
export function makeClient(profile: Profile, signal: AbortSignal): Client {
  return {
    profile,
    async ask(asked, schema) {
      const response = await send(profile, asked, signal);
      const text = await response.text();
      if (!response.ok) throw problemOf(response, text, profile);
      const parsed = schema.safeParse(text === "" ? null : parseJson(text));
      if (parsed.success) return parsed.data;
      throw new CliError(
        `${profile.url} answered ${asked.method} ${asked.path} in another form than this ` +
          "portico knows. Are both of the same version?",
      );
    },
  };
}

async function send(profile: Profile, asked: Asked, signal: AbortSignal): Promise<Response> {
  const url = new URL(`${profile.url.replace(/\/$/, "")}/api/v1${asked.path}`);
  for (const [name, value] of Object.entries(asked.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  try {
    return await fetch(url, {
      method: asked.method,
      // A redirect could carry the token to somebody else.
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headers: {
        accept: "application/json",
        authorization: `Bearer ${profile.token}`,
        ...(asked.body === undefined ? {} : { "content-type": "application/json" }),
        ...asked.headers,
      },
      body: asked.body === undefined ? undefined : JSON.stringify(asked.body),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`${profile.url} does not answer: ${reason}`, exitCodes.unreachable);
  }
}

function problemOf(response: Response, text: string, profile: Profile): CliError {
  const parsed = problemSchema.safeParse(parseJson(text));
  const problem = parsed.success ? parsed.data : {};
  const said = problem.detail ?? problem.title ?? `${profile.url} answered ${response.status}`;
  const fields = Object.entries(problem.errors ?? {}).map(
    ([name, value]) => `\n  ${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const hint = response.status === 401 ? " Sign in again: portico login URL" : "";
  return new CliError(`${said}${hint}${fields.join("")}`, exitCodeOfStatus(response.status), {
    status: response.status,
    ...problem,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
