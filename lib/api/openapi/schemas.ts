import { z } from "zod";

/** A JSON schema (2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Record<string, unknown>;

const inside = "#/$defs/";
const shared = "#/components/schemas/";

/**
 * JSON schemas of the operations' schemas. Those with an id are put aside once, as components, and
 * only named where they are used.
 */
export class Schemas {
  readonly components: Record<string, JsonSchema> = {};

  /** What a program sends: what it need not send is not required, unknown fields are refused. */
  ofInput(schema: z.ZodType): JsonSchema {
    return this.convert(z.toJSONSchema(schema, { io: "input" }));
  }

  /** What a program gets. Later versions may add fields, so that unknown ones are allowed. */
  ofOutput(schema: z.ZodType): JsonSchema {
    const json = z.toJSONSchema(schema, {
      io: "output",
      override: ({ jsonSchema }) => {
        delete jsonSchema.additionalProperties;
      },
    });
    return this.convert(json);
  }

  private convert(json: JsonSchema): JsonSchema {
    const {
      $schema: _,
      $defs,
      ...rest
    } = JSON.parse(JSON.stringify(json).replaceAll(`"${inside}`, `"${shared}`)) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    Object.assign(this.components, $defs);
    return rest;
  }
}
