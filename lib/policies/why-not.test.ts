import { expect, it } from "vitest";
import type { Rights } from "./actor";
import { whyNot } from "./why-not";

const viewer: Rights = {
  isAdmin: false,
  isAuditor: false,
  memberships: [{ projectId: "own", role: "viewer" }],
};

it.each([
  [viewer, "vm.read", null],
  [viewer, "vm.power", "member"],
  [viewer, "member.manage", "owner"],
  [viewer, "project.create", "admin"],
  [{ ...viewer, isAuditor: true }, "vm.power", "auditor"],
  [{ ...viewer, isAdmin: true }, "project.delete", null],
] as const)("%o and %s: %s", (rights, permission, obstacle) => {
  expect(whyNot(rights, permission, "own")).toBe(obstacle);
});
