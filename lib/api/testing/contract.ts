import { expect } from "vitest";
import { z } from "zod";
import { openApiDocument } from "../openapi/document";
import type { Operation } from "../spec/operation";
import { type OperationId, operations } from "../spec/operations";
import { type ProblemCode, problemSchema, statusOfProblem } from "../spec/problem";
import type { Reply } from "./api-world";

type Json = Record<string, unknown>;

const checks = new Map<string, z.ZodType>();

/** A schema of the document as a schema that checks: what is documented is what is compared. */
export function documented(schema: unknown): z.ZodType {
  const key = JSON.stringify(schema);
  const known = checks.get(key) ?? checkOf(schema);
  checks.set(key, known);
  return known;
}

function checkOf(schema: unknown): z.ZodType {
  const { schemas } = openApiDocument().components;
  const local = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replaceAll("#/components/schemas/", "#/$defs/"));
  return z.fromJSONSchema({ ...local(schema), $defs: local(schemas) });
}

function responseOf(id: OperationId, status: number): Json | undefined {
  const operation: Operation = operations[id];
  const path = openApiDocument().paths[operation.path];
  return path?.[operation.method.toLowerCase()]?.responses[status];
}

function contentOf(response: Json | undefined, type: string): unknown {
  const content = response?.content as Record<string, { schema: unknown }> | undefined;
  return content?.[type]?.schema;
}

/** The answer is the documented success: status, type, every field and no other. */
export function expectSuccess(id: OperationId, reply: Reply): void {
  const operation: Operation = operations[id];
  expect(reply, reply.text).toMatchObject({ status: operation.status });
  const response = responseOf(id, reply.status);
  expect(response, `${id} ${reply.status} is documented`).toBeDefined();
  if (operation.response === null) {
    expect(reply.text).toBe("");
    return;
  }
  expect(reply.headers["content-type"]).toBe("application/json");
  // Compared with what the schema lets through: a field that it does not know shows.
  expect(operation.response.parse(reply.body)).toEqual(reply.body);
  documented(contentOf(response, "application/json")).parse(reply.body);
  if (reply.status === 202) {
    expect(reply.headers.location).toBe(`/api/v1/tasks/${(reply.body as { id: string }).id}`);
  }
}

/** The answer is a documented refusal with this code, and tells nothing beyond it. */
export function expectProblem(id: OperationId, reply: Reply, code: ProblemCode): void {
  const problem = expectProblemOf(reply, code);
  const response = responseOf(id, problem.status);
  const codes = String(response?.description ?? "").split(", ");
  expect(codes, `${id} documents ${code}`).toContain(code);
  documented(contentOf(response, "application/problem+json")).parse(reply.body);
}

/** The answer is a problem of this code. */
export function expectProblemOf(reply: Reply, code: ProblemCode): z.output<typeof problemSchema> {
  expect(reply.body, reply.text).toMatchObject({ code, status: statusOfProblem[code] });
  expect(reply.status).toBe(statusOfProblem[code]);
  expect(reply.headers["content-type"]).toBe("application/problem+json");
  expect(reply.headers["cache-control"]).toBe("no-store");
  const problem = problemSchema.parse(reply.body);
  expect(problem).toEqual(reply.body);
  expect(problem.type).toBe(`/problems/${code}`);
  expect(reply.headers["x-request-id"]).toBe(problem.requestId);
  // Words, not keys of the catalogue.
  for (const text of [problem.detail, ...Object.values(problem.errors)]) {
    expect(text).not.toMatch(/^[a-z_]+(\.[a-z_]+)+$/);
  }
  return problem;
}
