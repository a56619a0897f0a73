import { describe, expect, it } from "vitest";
import { can } from "@/lib/policies/can";
import { tokenScopes } from "@/lib/policies/permissions";
import { everything } from "@/lib/services/testing/world";
import { operationList } from "./spec/operations";
import { makeApiWorld, type Reply } from "./testing/api-world";
import { caseOf } from "./testing/cases";
import type { Role } from "./testing/cases/case";
import { expectProblem } from "./testing/contract";

const roles: Role[] = ["viewer", "member", "owner", "auditor", "admin", "outsider"];

/**
 * Operations that ask for more than one permission, or for another one in another place, and one
 * whose case has a project without members.
 */
const special = ["listAudit", "addMember", "createInvitation", "listInvitations", "deleteProject"];

const rights = operationList.flatMap(([id, { permission }]) =>
  permission === null || special.includes(id) ? [] : [{ id, permission }],
);

const refused = ({ body }: Reply) => {
  const { code } = (body ?? {}) as { code?: string };
  return code === "auth.forbidden" || code === "not_found";
};

describe("by the role of the token's user", () => {
  it.each(rights)("$id", async ({ id, permission }) => {
    const api = await makeApiWorld();
    const input = await caseOf(id).input(api);
    const before = await everything(api.world.db);
    const may = (role: Role) => can(api.world[role].actor, permission, api.world.project);
    for (const role of roles.filter((each) => !may(each))) {
      const token = await api.tokenOf(api.world[role]);
      const reply = await api.call(id, input, { token });
      // Who sees the project is told that he may not; who does not, that there is nothing.
      const sees = role !== "outsider" || !("projectId" in input || idIn(input));
      expectProblem(id, reply, sees ? "auth.forbidden" : "not_found");
      expect(await everything(api.world.db), role).toEqual(before);
    }
    const weakest = roles.find(may);
    if (weakest === undefined) return;
    const token = await api.tokenOf(api.world[weakest]);
    expect(refused(await api.call(id, input, { token })), weakest).toBe(false);
  });
});

/** Whether the input names something of a project; a user is of the installation. */
function idIn(input: object): boolean {
  return ["vmId", "imageId", "taskId", "invitationId"].some((name) => name in input);
}

describe("by the scopes of the token", () => {
  const scoped = operationList.flatMap(([id, { scope }]) =>
    scope === null ? [] : [{ id, scope }],
  );

  it.each(scoped)("$id needs $scope, and nothing else helps", async ({ id, scope }) => {
    const api = await makeApiWorld();
    const who = api.world[caseOf(id).as];
    const input = await caseOf(id).input(api);
    const before = await everything(api.world.db);
    const others = tokenScopes.filter((each) => each !== scope);
    const reply = await api.call(id, input, { token: await api.tokenOf(who, others) });
    expectProblem(id, reply, "auth.forbidden");
    expect(reply.body).toMatchObject({ details: { scope } });
    expect(await everything(api.world.db)).toEqual(before);
    // A token gives no more than it has, and who adds members manages users and projects.
    const several = ["createToken", "createProjectToken", "addMember"].includes(id);
    const enough = await api.tokenOf(who, several ? tokenScopes : [scope]);
    expect(refused(await api.call(id, input, { token: enough }))).toBe(false);
  });
});

describe("a project's token", () => {
  it("acts in its project as an owner, and finds nothing of another", async () => {
    const api = await makeApiWorld();
    const { admin, project, otherProject } = api.world;
    const token = await api.tokenOf(admin, tokenScopes, project);
    const vms = await api.send("GET", "/vms", { token });
    expect((vms.body as { items: { id: string }[] }).items.map((each) => each.id)).toEqual([
      api.ids.vmId,
    ]);
    const other = await api.tokenOf(admin, tokenScopes, otherProject);
    expectProblem(
      "getVm",
      await api.call("getVm", { vmId: api.ids.vmId }, { token: other }),
      "not_found",
    );
    for (const id of ["listUsers", "listHosts"] as const) {
      expectProblem(id, await api.call(id, {}, { token }), "auth.forbidden");
    }
  });
});
