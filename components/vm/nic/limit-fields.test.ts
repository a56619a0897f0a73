import { expect, it } from "vitest";
import { limitOfText, textOfLimit } from "./limit-fields";

const none = { average: "", peak: "", burst: "" };

it("what is typed is a limit, none, or says where it is wrong", () => {
  expect(limitOfText(none)).toEqual({ limit: null });
  const limit = { average: 10, peak: null, burst: 5 };
  expect(limitOfText(textOfLimit(limit))).toEqual({ limit });
  expect(textOfLimit(null)).toEqual(none);
  expect(limitOfText({ ...none, peak: "5" })).toMatchObject({ wrong: "average" });
  expect(limitOfText({ ...none, average: "x" })).toMatchObject({ wrong: "average" });
  expect(limitOfText({ ...none, average: "0" })).toMatchObject({ key: "field.nic_limit.range" });
  expect(limitOfText({ average: "9", peak: "8", burst: "" })).toMatchObject({ wrong: "peak" });
});
