import { describe, expect, it } from "vitest";
import type { Actor } from "./actor";
import { assertCan, can } from "./can";
import { type Permission, type ProjectRole, permissions, projectRoles } from "./permissions";
import { scope } from "./scope";

type Rights = Pick<Actor, "isAdmin" | "memberships">;

const nobody: Rights = { isAdmin: false, memberships: [] };
const admin: Rights = { isAdmin: true, memberships: [] };

function as(role: ProjectRole, projectId = "own"): Rights {
  return { isAdmin: false, memberships: [{ projectId, role }] };
}

/** What each role may do in its own project, written out: a change of the table must show here. */
const reads = ["vm.read", "image.read", "network.read", "task.read", "project.read"] as const;
const writes = [
  "vm.create",
  "vm.power",
  "vm.resize",
  "vm.media",
  "vm.console",
  "vm.delete",
  "image.upload",
  "image.delete",
  "task.cancel",
] as const;
const allowed: Record<ProjectRole, readonly Permission[]> = {
  viewer: reads,
  member: [...reads, ...writes],
  owner: [...reads, ...writes],
};

const every = Object.keys(permissions) as Permission[];

describe.each(projectRoles)("a %s", (role) => {
  it.each(every)("%s in the own project", (permission) => {
    expect(can(as(role), permission, "own")).toBe(allowed[role].includes(permission));
  });

  it.each(every)("%s in another tenant's project is refused", (permission) => {
    expect(can(as(role), permission, "other")).toBe(false);
    expect(can(as(role), permission)).toBe(false);
  });
});

it.each(every)("%s: an administrator may, a stranger may not", (permission) => {
  expect(can(admin, permission, "any")).toBe(true);
  expect(can(nobody, permission, "any")).toBe(false);
});

it("the role of one project is worth nothing in the next", () => {
  const both: Rights = {
    isAdmin: false,
    memberships: [
      { projectId: "a", role: "owner" },
      { projectId: "b", role: "viewer" },
    ],
  };
  expect(can(both, "vm.delete", "a")).toBe(true);
  expect(can(both, "vm.delete", "b")).toBe(false);
});

it("assertCan refuses with auth.forbidden and names the permission", () => {
  const actor: Actor = {
    ...as("viewer"),
    userId: "u",
    sessionId: "s",
    email: "a@example.org",
    name: "A",
    ip: "192.0.2.1",
  };
  assertCan(actor, "vm.read", "own");
  expect(() => assertCan(actor, "vm.delete", "own")).toThrow(
    expect.objectContaining({
      code: "auth.forbidden",
      userMessage: { key: "auth.forbidden", values: { permission: "vm.delete" } },
    }),
  );
});

describe("scope", () => {
  it("limits a query to the projects of which one is a member", () => {
    expect(scope(as("viewer"))).toEqual({ projectId: { in: ["own"] } });
  });

  it("finds nothing for somebody without a project, rather than everything", () => {
    expect(scope(nobody)).toEqual({ projectId: { in: [] } });
  });

  it("does not limit an administrator", () => {
    expect(scope(admin)).toEqual({});
  });
});
