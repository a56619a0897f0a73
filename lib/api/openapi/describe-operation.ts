import { z } from "zod";
import type { Operation } from "../spec/operation";
import type { OperationId } from "../spec/operations";
import { commonProblems, type ProblemCode, statusOfProblem } from "../spec/problem";
import { exampleOf } from "./example-of";
import type { JsonSchema, Schemas } from "./schemas";

export interface DocumentedParameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

export interface DocumentedOperation {
  operationId: OperationId;
  tags: string[];
  summary: string;
  description?: string;
  /** The scope that a token needs, and the right that its user needs. */
  "x-scope"?: string;
  "x-permission"?: string;
  parameters: DocumentedParameter[];
  requestBody?: { required: boolean; content: Record<string, JsonSchema> };
  responses: Record<string, JsonSchema>;
}

const successes = { 200: "Done", 201: "Made", 202: "Begun: a task", 204: "Done" } as const;

const keyParameter: DocumentedParameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Any text of 1 to 255 visible characters, for example a UUID.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
};

/** One operation as OpenAPI says it. */
export function describeOperation(
  id: OperationId,
  operation: Operation,
  schemas: Schemas,
): DocumentedOperation {
  const { tag, summary, description, scope, permission, params, query, idempotent } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === "" ? {} : { description }),
    ...(scope === null ? {} : { "x-scope": scope }),
    ...(permission === null ? {} : { "x-permission": permission }),
    parameters: [
      ...parametersOf(params, "path", schemas),
      ...parametersOf(query, "query", schemas),
      ...(idempotent ? [keyParameter] : []),
    ],
    ...bodyOf(operation, schemas),
    responses: { ...successOf(operation, schemas), ...problemsOf(operation) },
  };
}

function parametersOf(
  schema: z.ZodObject,
  place: "path" | "query",
  schemas: Schemas,
): DocumentedParameter[] {
  const { properties = {}, required = [] } = schemas.ofInput(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(typeof description === "string" ? { description } : {}),
    schema: rest,
  }));
}

function bodyOf(
  { body, example }: Operation,
  schemas: Schemas,
): Pick<DocumentedOperation, "requestBody"> {
  if (body === null) return {};
  const schema = schemas.ofInput(body);
  const names = Object.keys(body.shape);
  const shown = Object.fromEntries(
    Object.entries(example).filter(([name]) => names.includes(name)),
  );
  const required = Array.isArray(schema.required) && schema.required.length > 0;
  return {
    requestBody: { required, content: { "application/json": { schema, example: shown } } },
  };
}

function successOf({ status, response }: Operation, schemas: Schemas): Record<string, JsonSchema> {
  const text = successes[status];
  if (response === null) return { [status]: { description: text } };
  const schema = schemas.ofOutput(unwrapped(response));
  const example = exampleOf(schema, schemas.components);
  const content = { "application/json": { schema, example } };
  const location = { Location: { description: "The task.", schema: { type: "string" } } };
  const headers = status === 202 ? { headers: location } : {};
  return {
    [status]: { description: text, ...headers, content },
    ...(response instanceof z.ZodOptional ? { 204: { description: successes[204] } } : {}),
  };
}

function unwrapped(response: z.ZodType): z.ZodType {
  return response instanceof z.ZodOptional ? (response.unwrap() as z.ZodType) : response;
}

/** Every code that the operation may answer. */
export function problemsOfOperation(operation: Operation): ProblemCode[] {
  const { problems, body, idempotent } = operation;
  return [
    ...new Set<ProblemCode>([
      ...commonProblems,
      ...problems,
      ...(body === null
        ? []
        : (["request.malformed", "request.media_type", "request.too_large"] as const)),
      ...(idempotent ? (["idempotency.in_flight", "idempotency.mismatch"] as const) : []),
    ]),
  ];
}

function problemsOf(operation: Operation): Record<string, JsonSchema> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOfOperation(operation)) {
    const status = statusOfProblem[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const schema = { $ref: "#/components/schemas/Problem" };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(", "),
        content: { "application/problem+json": { schema } },
      },
    ]),
  );
}
