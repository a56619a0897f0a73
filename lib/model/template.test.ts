import { expect, it } from "vitest";
import { clonesProblem } from "./template";

const clones = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ vmId: null, name: `vm-${index}` }));

it("names what lies on a template, as far as a sentence holds", () => {
  expect(clonesProblem([])).toBeNull();
  expect(clonesProblem(clones(2))?.values).toEqual({ count: 2, names: "vm-0, vm-1" });
  expect(clonesProblem(clones(10))?.values?.names).toMatch(/, vm-9$/);
  expect(clonesProblem(clones(11))?.values).toEqual({
    count: 11,
    names: expect.stringMatching(/^vm-0, .*vm-9, …$/),
  });
});
