import { describe, expect, it } from "vitest";
import { can } from "@/lib/policies/can";
import { type Permission, tokenScopes } from "@/lib/policies/permissions";
import { everything } from "@/lib/services/testing/world";
import { type OperationId, operationList, operations } from "./spec/operations";
import type { ProblemCode } from "./spec/problem";
import { type ApiWorld, makeApiWorld, type Reply } from "./testing/api-world";
import { caseOf } from "./testing/cases";
import type { Role } from "./testing/cases/case";
import { expectProblem, expectSuccess } from "./testing/contract";
import { people, type TwoProjects, twoProjects } from "./testing/two-projects";

const ids = operationList.map(([id]) => id);

/** What the operation's own permission does not say: everybody may call it, for some things. */
const needs: Partial<Record<OperationId, Permission>> = { revokeToken: "project_token.manage" };

/** Where the case has a thing of its own making. */
const inputs: Partial<Record<OperationId, (api: ApiWorld) => object>> = {
  deleteProject: (api) => ({ projectId: api.ids.projectId, confirmName: "one" }),
  // The project that it is in: those whom the other one is hidden from find nothing.
  transferVm: ({ ids }) => ({ vmId: ids.vmId, toProjectId: ids.projectId }),
};

/**
 * Something of the other project beside or below one's own. Lists find nothing by it, everything
 * else answers as if it did not exist.
 */
const nested: Partial<Record<OperationId, (there: ApiWorld) => object>> = {
  createVm: ({ ids: { imageId } }) => ({ imageId }),
  listRecordings: ({ ids: { vmId } }) => ({ vmId }),
  bootVmOnce: ({ ids: { imageId } }) => ({ imageId }),
  // An administrator may give it to any project that there is.
  transferVm: () => ({ toProjectId: "nobody0000" }),
  startVmRescue: ({ ids: { imageId } }) => ({ imageId }),
  insertVmMedia: ({ ids: { imageId } }) => ({ imageId }),
  getDisk: ({ ids: { diskId } }) => ({ diskId }),
  deleteDisk: ({ ids: { diskId } }) => ({ diskId }),
  getBackup: ({ ids: { backupId } }) => ({ backupId }),
  verifyBackup: ({ ids: { backupId } }) => ({ backupId }),
  restoreBackup: ({ ids: { backupId } }) => ({ backupId }),
  restoreBackupInPlace: ({ ids: { backupId } }) => ({ backupId }),
  deleteBackup: ({ ids: { backupId } }) => ({ backupId }),
  attachDisk: ({ ids: { diskId } }) => ({ diskId }),
  changeMemberRole: ({ ids: { userId } }) => ({ userId }),
  removeMember: ({ ids: { userId } }) => ({ userId }),
  removeWatch: ({ ids: { watchId } }) => ({ watchId }),
  revokeConsoleShare: ({ ids: { vmId } }) => ({ vmId }),
  listTasks: ({ ids: { imageId } }) => ({ targetId: imageId, kind: undefined, state: undefined }),
  listAudit: ({ ids: { vmId } }) => ({ targetId: vmId, action: undefined }),
};

/** Ids of what belongs to no project. */
const ofInstallation = ["userId", "hostId", "actorId", "requestId"];
const isThing = (name: string) => name.endsWith("Id") && !ofInstallation.includes(name);

/** Whether the input names something of a project. */
const namesThing = (input: object) => Object.keys(input).some(isThing);

const inputOf = (id: OperationId, api: ApiWorld) => (inputs[id] ?? caseOf(id).input)(api);

/** What the person is told: a refusal, or null for who may. */
function verdict(
  id: OperationId,
  role: Role,
  { world, input }: { world: ApiWorld["world"]; input: object },
): ProblemCode | null {
  const permission = needs[id] ?? operations[id].permission;
  const { actor } = world[role];
  if (permission === null || can(actor, permission, world.project)) return null;
  const sees = can(actor, "project.read", world.project);
  // Who sees the project is told that he may not; who does not, that there is nothing.
  return sees || !namesThing(input) ? "auth.forbidden" : "not_found";
}

const compact = (input: object) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

describe("by the role of the token's user, in one's own project and in another", () => {
  it.each(ids)("%s: who may not is refused, and nothing moves", async (id) => {
    const { here, there, tokens, rows } = await twoProjects();
    const places = [];
    for (const api of [here, there]) {
      // Seen by the people of the first project, whosever things it names.
      const world = { ...here.world, project: api.world.project };
      places.push({ world, input: await inputOf(id, api) });
    }
    const before = await rows();
    for (const place of places) {
      expectProblem(id, await here.call(id, place.input), "auth.required");
      for (const role of people) {
        const code = verdict(id, role, place);
        if (code === null) continue;
        expectProblem(id, await here.call(id, place.input, { token: tokens[role] }), code);
      }
    }
    expect(await rows()).toEqual(before);
  });

  it.each(ids)("%s: who may gets the documented answer", async (id) => {
    let portal = await twoProjects();
    const allowed = await whoMay(id, portal);
    for (const [index, { role, at }] of allowed.entries()) {
      // Every writer finds things as they were.
      if (index > 0 && operations[id].method !== "GET") portal = await twoProjects();
      const input = await caseOf(id).input(portal[at]);
      const reply = await portal[at].call(id, input, { token: portal.tokens[role] });
      // Rows alone cannot answer the others; that they are not refused is enough here.
      if (caseOf(id).onHost === undefined && at === "here") expectSuccess(id, reply);
      else expect(refused(reply), `${role} ${reply.text}`).toBe(false);
    }
  });
});

/** Who may in the first project, and the outsider in the second where that is the difference. */
async function whoMay(
  id: OperationId,
  { here, there }: TwoProjects,
): Promise<{ role: Role; at: "here" | "there" }[]> {
  const other = { ...here.world, project: there.world.project };
  const input = await inputOf(id, here);
  const mayIn = (world: ApiWorld["world"], role: Role) =>
    verdict(id, role, { world, input }) === null;
  const own = people.filter((role) => mayIn(here.world, role));
  const elsewhere = !own.includes("outsider") && mayIn(other, "outsider");
  return [
    ...own.map((role) => ({ role, at: "here" as const })),
    ...(elsewhere ? [{ role: "outsider" as const, at: "there" as const }] : []),
  ];
}

describe("something of another project beside or below one's own", () => {
  it("is tried wherever an operation takes two ids", () => {
    const several = operationList.flatMap(([id, { params, query, body }]) => {
      const names = Object.keys({ ...params.shape, ...query.shape, ...body?.shape });
      return names.filter((name) => isThing(name) || name === "userId").length > 1 ? [id] : [];
    });
    expect(Object.keys(nested).sort()).toEqual(several.sort());
  });

  it.each(Object.entries(nested) as [OperationId, (api: ApiWorld) => object][])(
    "%s finds nothing, and nothing moves",
    async (id, foreign) => {
      const { here, there, tokens, rows } = await twoProjects();
      const input = compact({ ...(await inputOf(id, here)), ...foreign(there) });
      const before = await rows();
      expectProblem(id, await here.call(id, input), "auth.required");
      for (const role of people) {
        const reply = await here.call(id, input, { token: tokens[role] });
        const code = verdict(id, role, { world: here.world, input });
        if (code === null && id.startsWith("list")) {
          expectSuccess(id, reply);
          expect(reply.body, role).toMatchObject({ items: [] });
          continue;
        }
        expectProblem(id, reply, id.startsWith("list") && code !== null ? code : "not_found");
      }
      expect(await rows()).toEqual(before);
    },
  );
});

/** What the list or the call is about when no project is named. */
describe("of the installation, without a project", () => {
  it.each<[OperationId, object, Permission]>([
    ["listAudit", {}, "audit.read"],
    ["listInvitations", {}, "user.read"],
    ["createInvitation", { email: "new@example.org" }, "user.manage"],
  ])("%s %j needs %s", async (id, input, permission) => {
    const { here, tokens, rows } = await twoProjects();
    const before = await rows();
    const weakest = people.filter((role) => can(here.world[role].actor, permission));
    for (const role of people) {
      if (weakest.includes(role)) continue;
      const reply = await here.call(id, input, { token: tokens[role] });
      expectProblem(id, reply, "auth.forbidden");
    }
    expectProblem(id, await here.call(id, input), "auth.required");
    expect(await rows()).toEqual(before);
    expect(weakest.length).toBeGreaterThan(0);
    for (const role of weakest) {
      const reply = await here.call(id, input, { token: tokens[role] });
      expectSuccess(id, reply);
    }
  });

  it("lists without a project show what one sees, and nothing of others", async () => {
    const { here, there, tokens } = await twoProjects();
    for (const id of ["listVms", "listImages", "listTasks"] as const) {
      const projectsOf = async (role: Role) => {
        const { body } = await here.call(id, {}, { token: tokens[role] });
        const { items } = body as { items: { projectId: string }[] };
        return [...new Set(items.map((each) => each.projectId))].sort();
      };
      const [one, two] = [here.world.project, there.world.project];
      expect(await projectsOf("viewer"), id).toEqual([one]);
      expect(await projectsOf("outsider"), id).toEqual([two]);
      expect(await projectsOf("auditor"), id).toEqual([one, two].sort());
    }
  });
});

const refused = ({ body }: Reply) => {
  const { code } = (body ?? {}) as { code?: string };
  return code === "auth.forbidden" || code === "not_found";
};

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
