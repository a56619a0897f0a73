import { exampleValues } from "./example-values";
import type { JsonSchema } from "./schemas";

const components = "#/components/schemas/";

/**
 * A value that the schema lets through: by the names of its fields where one reads better, else
 * the first or smallest that fits. The same schema always gives the same value.
 */
export function exampleOf(schema: JsonSchema, schemas: Record<string, JsonSchema>): unknown {
  return valueFor(schema, { schemas, of: "", name: "" });
}

interface Place {
  schemas: Record<string, JsonSchema>;
  /** The component that the field belongs to, and the field's name. */
  of: string;
  name: string;
}

function valueFor(schema: JsonSchema, place: Place): unknown {
  // Null is a value: the one of the component goes before the general one.
  const own = exampleValues[place.of]?.[place.name];
  const known = own === undefined ? exampleValues[""]?.[place.name] : own;
  const fits = !Array.isArray(schema.enum) || schema.enum.includes(known);
  if (known !== undefined && fits) return known;
  if (typeof schema.$ref === "string") {
    const of = schema.$ref.slice(components.length);
    return valueFor(place.schemas[of] ?? {}, { ...place, of, name: "" });
  }
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const either = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(either)) return valueFor(either[0] as JsonSchema, place);
  return ofType(schema, place);
}

function ofType(schema: JsonSchema, place: Place): unknown {
  switch (schema.type) {
    case "object": {
      const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
      return Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [
          name,
          valueFor(each, { ...place, name }),
        ]),
      );
    }
    case "array":
      return [valueFor((schema.items ?? {}) as JsonSchema, { ...place, name: `${place.name}[]` })];
    case "string":
      return schema.format === "date-time" ? "2030-06-01T12:00:00.000Z" : "text";
    case "integer":
    case "number":
      // Without bounds of its own an integer has those of what can be said exactly.
      return Math.max(0, Number(schema.minimum ?? 0));
    case "boolean":
      return false;
    default:
      return null;
  }
}
