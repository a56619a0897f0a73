import { describe, expect, it } from "vitest";
import type { Actor, Rights } from "./actor";
import { assertPerson } from "./assert-person";
import { assertCan, can } from "./can";
import {
  type Permission,
  type ProjectRole,
  permissions,
  projectRoles,
  tokenScopes,
} from "./permissions";
import { scope } from "./scope";

const nobody: Rights = { isAdmin: false, isAuditor: false, memberships: [] };
const admin: Rights = { ...nobody, isAdmin: true };
const auditor: Rights = { ...nobody, isAuditor: true };

function as(role: ProjectRole, projectId = "own"): Rights {
  return { ...nobody, memberships: [{ projectId, role }] };
}

/** What each role may do in its own project, written out: a change of the table must show here. */
const viewer: readonly Permission[] = [
  "vm.read",
  "disk.read",
  "backup.read",
  "image.read",
  "network.read",
  "task.read",
  "project.read",
  "member.read",
  "project.leave",
];
const member: readonly Permission[] = [
  ...viewer,
  "vm.create",
  "vm.clone",
  "vm.export",
  "vm.template",
  "vm.power",
  "vm.resize",
  "vm.media",
  "vm.revert",
  "vm.console",
  "vm.screen",
  "vm.rescue",
  "vm.boot",
  "vm.nic",
  "vm.autostart",
  "vm.guest",
  "vm.edit",
  "vm.recovery",
  "vm.clipboard",
  "vm.video",
  "vm.lock",
  "vm.delete",
  "vm.extend_lease",
  "disk.delete",
  "backup.create",
  "backup.verify",
  "backup.restore",
  "backup.restore_in_place",
  "backup.schedule",
  "backup.delete",
  "vm.disk",
  "vm.snapshot",
  "image.upload",
  "image.delete",
  "task.cancel",
];
const owner: readonly Permission[] = [
  ...member,
  "vm.restore",
  "vm.transfer",
  "project.rename",
  "member.manage",
  "invitation.read",
  "project_token.read",
  "project_token.manage",
  "recording.read",
  "recording.delete",
  "recording.set_policy",
  "project_audit.read",
];
const allowed: Record<ProjectRole, readonly Permission[]> = { viewer, member, owner };

const person: Actor = {
  ...as("viewer"),
  userId: "u",
  sessionId: "s",
  email: "a@example.org",
  name: "A",
  ip: "192.0.2.1",
  token: null,
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

const auditorSees: readonly Permission[] = [
  ...viewer.filter((each) => each !== "project.leave"),
  "invitation.read",
  "project.read_all",
  "project_token.read",
  "recording.read",
  "project_audit.read",
  "host.read",
  "host.doctor",
  "vm.process",
  "vm.read_unmanaged",
  "user.read",
  "audit.read",
  "setting.read",
];

it.each(every)("%s: an auditor sees everything and changes nothing", (permission) => {
  expect(can(auditor, permission, "any")).toBe(auditorSees.includes(permission));
  const andOwner = { ...as("owner"), isAuditor: true };
  expect(can(andOwner, permission, "own")).toBe(auditorSees.includes(permission));
});

describe("an API token", () => {
  it.each(every)("%s: is held to its scopes, whoever it acts for", (permission) => {
    const { scope: needed } = permissions[permission];
    for (const scope of tokenScopes) {
      const token = { scopes: [scope] };
      expect(can({ ...admin, token }, permission, "own")).toBe(scope === needed);
      expect(can({ ...nobody, token }, permission, "own")).toBe(false);
    }
    expect(can({ ...admin, token: { scopes: [] } }, permission)).toBe(false);
  });

  it("may no more than its user", () => {
    const token = { scopes: tokenScopes };
    for (const permission of every) {
      expect(can({ ...as("viewer"), token }, permission, "own")).toBe(viewer.includes(permission));
    }
  });

  it("is no person", () => {
    const actor = {
      ...person,
      token: { id: "t", name: "ci", scopes: tokenScopes, projectId: null },
    };
    assertPerson(person);
    expect(() => assertPerson(actor)).toThrow(
      expect.objectContaining({ code: "auth.forbidden", userMessage: { key: "auth.person_only" } }),
    );
  });
});

it("the role of one project is worth nothing in the next", () => {
  const both: Rights = {
    ...nobody,
    memberships: [
      { projectId: "a", role: "owner" },
      { projectId: "b", role: "viewer" },
    ],
  };
  expect(can(both, "vm.delete", "a")).toBe(true);
  expect(can(both, "vm.delete", "b")).toBe(false);
});

it("assertCan refuses with auth.forbidden and names the permission", () => {
  assertCan(person, "vm.read", "own");
  expect(() => assertCan(person, "vm.delete", "own")).toThrow(
    expect.objectContaining({
      code: "auth.forbidden",
      userMessage: { key: "auth.forbidden", values: { permission: "vm.delete" } },
      details: { permission: "vm.delete", projectId: "own" },
    }),
  );
});

it("a token that lacks the scope is told which one", () => {
  const token = { id: "t", name: "ci", scopes: ["read"] as const, projectId: null };
  const actor = { ...person, ...as("owner"), token };
  assertCan(actor, "vm.read", "own");
  expect(() => assertCan(actor, "vm.delete", "own")).toThrow(
    expect.objectContaining({
      code: "auth.forbidden",
      userMessage: { key: "auth.scope", values: { scope: "vm.write" } },
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

  it("does not limit an administrator or an auditor", () => {
    expect(scope(admin)).toEqual({});
    expect(scope(auditor)).toEqual({});
  });
});
