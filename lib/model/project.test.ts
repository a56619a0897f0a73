import { describe, expect, it } from "vitest";
import { freeSlug, projectNameSchema, slugOf } from "./project";

describe("slugOf", () => {
  it.each([
    ["Web shop", "web-shop"],
    ["  --Büro & Café! ", "buro-cafe"],
    ["A/../B?x=1#y", "a-b-x-1-y"],
    ["测试项目", "project"],
    ["🚀", "project"],
    [`${"long ".repeat(7)}name is cut`, "long-long-long-long-long-long-long-name"],
  ])("%s becomes %s", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});

it("freeSlug counts up until nobody has it", () => {
  expect(freeSlug("a", new Set())).toBe("a");
  expect(freeSlug("a", new Set(["a", "a-2"]))).toBe("a-3");
});

describe("projectNameSchema", () => {
  it("takes any script and trims", () => {
    expect(projectNameSchema.parse(" 网站 A ")).toBe("网站 A");
  });

  it.each(["", "  ", "a\u0000b", "a\u202eb", "x".repeat(61)])("refuses %j", (name) => {
    expect(projectNameSchema.safeParse(name).success).toBe(false);
  });
});
