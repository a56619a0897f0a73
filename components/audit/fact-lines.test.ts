import { expect, it } from "vitest";
import { factLines } from "./fact-lines";

it("puts what was beside what is", () => {
  expect(factLines({ vcpus: 4, memoryKib: 2048, vcpusBefore: 2, memoryKibBefore: null })).toEqual([
    { name: "vcpus", value: 4, before: 2 },
    { name: "memoryKib", value: 2048, before: null },
  ]);
  expect(factLines({ before: "nobody", after: "everyone" })).toEqual([
    { name: "value", value: "everyone", before: "nobody" },
  ]);
});

it("shows a fact that has no other side by itself", () => {
  expect(factLines({ before: "viewer", role: "owner", goneBefore: true })).toEqual([
    { name: "before", value: "viewer", before: undefined },
    { name: "role", value: "owner", before: undefined },
    { name: "goneBefore", value: true, before: undefined },
  ]);
});
