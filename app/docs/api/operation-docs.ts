import type { OperationDoc } from "@/components/docs/operation-section";
import type { DocumentedOperation } from "@/lib/api/openapi/describe-operation";
import { openApiDocument } from "@/lib/api/openapi/document";
import type { JsonSchema } from "@/lib/api/openapi/schemas";
import { commandOf } from "@/lib/api/spec/commands";
import type { Operation, Tag } from "@/lib/api/spec/operation";
import { apiBase, operations } from "@/lib/api/spec/operations";
import { withBase } from "@/lib/base-path";

/** The document's operations under their tags, as the page shows them. */
export function operationDocs(): { tag: Tag; operations: OperationDoc[] }[] {
  const { paths, tags } = openApiDocument();
  const all = Object.values(paths).flatMap((each) => Object.values(each));
  return tags.map(({ name }) => ({
    tag: name as Tag,
    operations: all.filter((each) => each.tags.includes(name)).map(toDoc),
  }));
}

function toDoc(documented: DocumentedOperation): OperationDoc {
  const { operationId: id, requestBody, parameters, responses } = documented;
  const operation: Operation = operations[id];
  const content = requestBody?.content["application/json"];
  const answer = exampleIn(responses[operation.status]);
  return {
    id,
    method: operation.method,
    path: withBase(`${apiBase}${operation.path}`),
    summary: operation.summary,
    description: operation.description,
    scope: operation.scope,
    parameters: parameters.map((each) => ({
      name: each.name,
      place: each.in,
      required: each.required,
      description: each.description ?? "",
    })),
    body: content === undefined ? null : JSON.stringify(content.schema, null, 2),
    curl: curlOf(operation, content?.example),
    command: `portico ${commandOf[id]}`,
    answer: answer === undefined ? null : JSON.stringify(answer, null, 2),
    answers: Object.entries(responses).map(([status, each]) => ({
      status,
      text: String(each.description),
      problems: Number(status) < 400 ? [] : String(each.description).split(", "),
    })),
  };
}

function exampleIn(response: JsonSchema | undefined): unknown {
  const content = response?.content as Record<string, { example: unknown }> | undefined;
  return content?.["application/json"]?.example;
}

function curlOf({ method, path, query, example, idempotent }: Operation, body: unknown): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(example[name]));
  const asked = Object.keys(query.shape).filter((name) => name in example);
  const search = new URLSearchParams(asked.map((name) => [name, String(example[name])]));
  const url = `$PORTICO${apiBase}${filled}${search.size === 0 ? "" : `?${search}`}`;
  return [
    `curl -X ${method} "${url}"`,
    `-H "Authorization: Bearer $TOKEN"`,
    ...(idempotent ? [`-H "Idempotency-Key: $(uuidgen)"`] : []),
    ...(body === undefined
      ? []
      : [`-H "Content-Type: application/json"`, `-d '${JSON.stringify(body)}'`]),
  ].join(" \\\n  ");
}
