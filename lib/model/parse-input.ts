import type { z } from "zod";
import { AppError, type UserMessage } from "./errors";

/**
 * The input as its schema says; throws `input.invalid` with a message per field otherwise. A
 * schema names its message by a key of the `errors` catalogue ("field.name.required"); zod's
 * own text, which is no key, becomes "field.invalid". Limits are values of the message.
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, UserMessage> = {};
  for (const issue of parsed.error.issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        fields[[...issue.path, key].join(".")] = { key: "field.unknown" };
    } else fields[issue.path.join(".")] ??= fieldMessage(issue);
  }
  throw new AppError({
    code: "input.invalid",
    message: `invalid input: ${named(Object.keys(fields))}`,
    fields,
    misshapen: parsed.error.issues.some(({ code }) => shapeCodes.includes(code)),
  });
}

/** Issues of what something is, not of what somebody typed into it. */
const shapeCodes: readonly z.core.$ZodIssue["code"][] = [
  "unrecognized_keys",
  "invalid_type",
  "invalid_value",
  "invalid_union",
  "invalid_key",
  "invalid_element",
];

/** Names of fields for the log; those that the schema does not know are the sender's text. */
function named(names: readonly string[]): string {
  const most = 10;
  const longest = 40;
  const shown = names.slice(0, most).map((name) => name.slice(0, longest) || "(the whole)");
  return [...shown, ...(names.length > most ? [`${names.length - most} more`] : [])].join(", ");
}

function fieldMessage(issue: z.core.$ZodIssue): UserMessage {
  const key = /^[a-z][\w]*(\.\w+)+$/.test(issue.message) ? issue.message : "field.invalid";
  const values: Record<string, number> = {};
  if ("minimum" in issue) values.minimum = Number(issue.minimum);
  if ("maximum" in issue) values.maximum = Number(issue.maximum);
  return { key, values };
}
