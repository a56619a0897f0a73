import { z } from "zod";
import { CliError } from "./cli-error";
import { exitCodeOfStatus } from "./exit-codes";

/** RFC 9457, as far as the command line reads it: what else is there is shown as it came. */
const problemSchema = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.record(z.string(), z.unknown()).optional(),
});

/** The error that an answer of the portal stands for. */
export function problemOf(status: number, text: string, url: string): CliError {
  const parsed = problemSchema.safeParse(parseJson(text));
  const problem = parsed.success ? parsed.data : {};
  const said = problem.detail ?? problem.title ?? `${url} answered ${status}`;
  const fields = Object.entries(problem.errors ?? {}).map(
    ([name, value]) => `\n  ${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const hint = status === 401 ? ` Sign in again: portico login ${url}` : "";
  return new CliError(`${said}${hint}${fields.join("")}`, exitCodeOfStatus(status), {
    status,
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
