import { expect, it } from "vitest";
import { fits } from "./fits";

const operation = {
  id: "setVmLease",
  method: "PUT",
  path: "/api/v1/vms/{vmId}/lease",
  summary: "Give a VM another end, or none",
  command: "portico lease set web 2030-12-31",
};

it.each([
  ["", true],
  ["  lease ", true],
  ["vm LEASE put", true],
  ["portico lease", true],
  ["lease project", false],
])("%j: %s", (asked, expected) => {
  expect(fits(operation, asked)).toBe(expected);
});
