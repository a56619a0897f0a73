import { expect, it } from "vitest";
import { z } from "zod";
import type { AppError } from "./errors";
import { parseInput } from "./parse-input";

const schema = z.object({
  name: z.string().min(1, "field.name.required").max(4, "field.name.too_long"),
  size: z.number().max(9, "field.size.range"),
});

it("gives the parsed value, without fields that the schema does not name", () => {
  const smuggled = { name: "a", size: 1, ownerId: "me", isAdmin: true };
  expect(parseInput(schema, smuggled)).toEqual({ name: "a", size: 1 });
});

it("gives one message per field, with its limits", () => {
  const attempt = () => parseInput(schema, { name: "", size: 10 });
  expect(attempt).toThrow(
    expect.objectContaining({
      code: "input.invalid",
      fields: {
        name: { key: "field.name.required", values: { minimum: 1 } },
        size: { key: "field.size.range", values: { maximum: 9 } },
      },
    }),
  );
});

it("names each field that a strict schema does not know", () => {
  const strict = z.strictObject({ name: z.string(), inner: z.strictObject({}) });
  const attempt = () => parseInput(strict, { name: "a", owner: 1, inner: { role: 2 } });
  const unknown = { key: "field.unknown" };
  expect(attempt).toThrow(
    expect.objectContaining({ fields: { owner: unknown, "inner.role": unknown } }),
  );
});

it("V16.3.3: tells a shape that no page sends from what somebody mistyped", () => {
  const strict = z.strictObject({ name: z.string().max(4), kind: z.enum(["a", "b"]) });
  const refused = (input: unknown) => {
    try {
      return parseInput(strict, input);
    } catch (error) {
      return (error as AppError).misshapen;
    }
  };
  expect(refused({ name: "too long", kind: "a" })).toBe(false);
  for (const other of [
    { name: "a", kind: "a", ownerId: "me" },
    { name: { $ne: "" }, kind: "a" },
    { name: "a", kind: "c" },
    [],
  ]) {
    expect(refused(other), JSON.stringify(other)).toBe(true);
  }
});

it("names fields in the log, shortened, and never their values", () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}`, "canary"]));
  const input = { ["x".repeat(1_000)]: "canary", ...many };
  const attempt = () => parseInput(z.strictObject({}), input);
  expect(attempt).toThrow(/^invalid input: x{40}, f0, .*f8, 21 more$/);
  expect(attempt).not.toThrow(/canary/);
});

it.each([
  null,
  undefined,
  "text",
  7,
  [],
  { name: {}, size: "1e3" },
  { name: "a", size: Number.NaN },
])("refuses %j with keys of the catalogue only", (input) => {
  try {
    parseInput(schema, input);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "input.invalid" });
    const { fields } = error as { fields: Record<string, { key: string }> };
    for (const { key } of Object.values(fields)) expect(key).toBe("field.invalid");
  }
});
