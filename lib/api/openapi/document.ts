import { withBase } from "@/lib/base-path";
import { once } from "@/lib/runtime/once";
import { tags } from "../spec/operation";
import { apiBase, operationList } from "../spec/operations";
import { problemSchema } from "../spec/problem";
import { type DocumentedOperation, describeOperation } from "./describe-operation";
import { type JsonSchema, Schemas } from "./schemas";

export interface OpenApiDocument {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string; license: JsonSchema };
  servers: { url: string }[];
  tags: { name: string }[];
  security: JsonSchema[];
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    securitySchemes: Record<string, JsonSchema>;
  };
}

const description =
  "Everything that the portal's pages do, for programs. Send a token as `Authorization: Bearer`. " +
  "Bodies are JSON of at most 256 KiB; fields that an operation does not know are refused. Long " +
  "work is answered with 202 and a task. Lists have pages: send `nextCursor` as `cursor`. A create " +
  "takes an `Idempotency-Key`: for 24 hours the same request with it is answered the same and done " +
  "once. Errors are problem details (RFC 9457) with a stable `code`. `RateLimit-Remaining` says how " +
  "many requests are left for `RateLimit-Reset` seconds.";

/** The OpenAPI document of the table of operations. It is the same in every installation. */
export function openApiDocument(): OpenApiDocument {
  return once("api.document", () => {
    const schemas = new Schemas();
    const paths: OpenApiDocument["paths"] = {};
    for (const [id, operation] of operationList) {
      const path = paths[operation.path] ?? {};
      path[operation.method.toLowerCase()] = describeOperation(id, operation, schemas);
      paths[operation.path] = path;
    }
    schemas.ofOutput(problemSchema);
    return {
      openapi: "3.1.0",
      info: {
        title: "Portico API",
        version: "1.0.0",
        description,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: withBase(apiBase) }],
      tags: tags.map((name) => ({ name })),
      security: [{ token: [] }],
      paths,
      components: {
        schemas: schemas.components,
        securitySchemes: {
          token: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "portico_…",
            description: "A personal token, or one of a project.",
          },
        },
      },
    };
  });
}

/** The same as it is sent. */
export function documentText(): string {
  return once("api.document.text", () => JSON.stringify(openApiDocument()));
}
