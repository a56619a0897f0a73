import { expect, it } from "vitest";
import { operationList } from "@/lib/api/spec/operations";
import { operationDocs } from "./operation-docs";

it("shows every operation once, with a call that leaves nothing to fill in but the token", () => {
  const shown = operationDocs().flatMap((each) => each.operations);
  expect(shown.map((each) => each.id).sort()).toEqual(operationList.map(([id]) => id).sort());
  for (const { curl } of shown) expect(curl).not.toMatch(/undefined|\{\w+\}"/);
});
