import { describe, expect, it } from "vitest";
import { updateVmSchema, vmDescriptionSchema, vmTagsSchema } from "./vm";

describe("tags", () => {
  it("are made small; words of any script, with hyphens inside", () => {
    const given = [" Web ", "prod-2", "生产", "हिन्दी", "straße"];
    expect(vmTagsSchema.parse(given)).toEqual(["web", "prod-2", "生产", "हिन्दी", "straße"]);
  });

  it.each(["", "two words", "-a", "a-", "a--b", 'a"b', "a%", "a_b", "a\u202eb", "x".repeat(33)])(
    "%j is none",
    (tag) => expect(vmTagsSchema.safeParse([tag]).success).toBe(false),
  );

  it("are 16 at most", () => {
    const many = Array.from({ length: 17 }, (_, n) => `t${n}`);
    expect(vmTagsSchema.safeParse(many.slice(1)).success).toBe(true);
    expect(vmTagsSchema.safeParse(many).error?.issues[0]?.message).toBe("field.tags");
  });
});

it("a description may have lines, and nothing that XML or a terminal would choke on", () => {
  expect(vmDescriptionSchema.parse(" one\n\ntwo <&> 👩‍💻 ")).toBe("one\n\ntwo <&> 👩‍💻");
  for (const text of ["a\u0000b", "a\u001bb", "a\uffffb", "x".repeat(1001)]) {
    expect(vmDescriptionSchema.safeParse(text).success, text.slice(0, 9)).toBe(false);
  }
});

it("nothing but these words can be changed of a VM", () => {
  expect(updateVmSchema.safeParse({ projectId: "x" }).success).toBe(false);
  expect(updateVmSchema.safeParse({}).success).toBe(true);
});
