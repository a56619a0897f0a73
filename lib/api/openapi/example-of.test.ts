import { describe, expect, it } from "vitest";
import { operationList } from "../spec/operations";
import { documented } from "../testing/contract";
import { openApiDocument } from "./document";

type Content = Record<string, { schema: unknown; example: unknown }>;

describe("the document's examples", () => {
  it.each(operationList)("%s: request and answer are what the schemas let through", (id, each) => {
    const found = openApiDocument().paths[each.path]?.[each.method.toLowerCase()];
    expect(found?.operationId).toBe(id);
    const request = found?.requestBody?.content as Content | undefined;
    const asked = request?.["application/json"]?.example;
    expect(asked === undefined).toBe(each.body === null);
    if (each.body !== null) expect(each.body.parse(asked)).toMatchObject(asked as object);
    const response = found?.responses[each.status]?.content as Content | undefined;
    const answer = response?.["application/json"];
    expect(answer === undefined).toBe(each.response === null);
    if (each.response === null || answer === undefined) return;
    expect(each.response.parse(answer.example)).toEqual(answer.example);
    documented(answer.schema).parse(answer.example);
  });
});
