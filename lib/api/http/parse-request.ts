import { AppError } from "@/lib/model/errors";
import { parseInput } from "@/lib/model/parse-input";
import type { Operation } from "../spec/operation";

/**
 * Path, query and body as the operation's schemas say, in one object. Throws `input.invalid` with
 * the fields, and for every field that the operation does not know.
 */
export function parseRequest(
  operation: Operation,
  given: { params: Record<string, string>; query: URLSearchParams; body: unknown },
): Record<string, unknown> {
  const { params, query, body } = operation;
  return {
    ...parseInput(params, given.params),
    ...parseInput(query, queryOf(given.query)),
    ...bodyOf(body, given.body),
  };
}

function queryOf(query: URLSearchParams): Record<string, string> {
  const values = Object.fromEntries(query);
  if (query.size === Object.keys(values).length) return values;
  const twice = [...query.keys()].filter((name, index, all) => all.indexOf(name) !== index);
  throw new AppError({
    code: "input.invalid",
    message: "a name twice in the query",
    fields: Object.fromEntries(twice.map((name) => [name, { key: "field.twice" }])),
  });
}

function bodyOf(schema: Operation["body"], given: unknown): Record<string, unknown> {
  if (schema !== null) return parseInput(schema, given ?? {});
  const empty = given === undefined || (isObject(given) && Object.keys(given).length === 0);
  if (empty) return {};
  const names = isObject(given) ? Object.keys(given) : [""];
  throw new AppError({
    code: "input.invalid",
    message: "a body where none is taken",
    fields: Object.fromEntries(names.map((name) => [name, { key: "field.unknown" }])),
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
