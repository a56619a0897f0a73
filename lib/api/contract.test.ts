import { describe, expect, it } from "vitest";
import { z } from "zod";
import { everything } from "@/lib/services/testing/world";
import { type OperationId, operationList, operations } from "./spec/operations";
import { makeApiWorld, requestOf } from "./testing/api-world";
import { caseOf } from "./testing/cases";
import { expectProblem, expectProblemOf, expectSuccess } from "./testing/contract";

const all = operationList.map(([id]) => ({ id, ...caseOf(id) }));
const byRows = all.filter(({ onHost }) => onHost === undefined);

/** What comes of a host's own figures: shown by the tests of those use cases on a host. */
const ofTheHost: readonly string[] = [
  "defineVm: quota.exceeded",
  ...["adoptVm: conflict.rule", "adoptVm: quota.exceeded", "adoptVm: vm.bad_state"],
  ...["setHostHugePages: conflict.rule", "tuneVm: conflict.rule"],
];

/** What only libvirt itself can say; shown by the tests of lib/hypervisor. */
const ofLibvirt = [
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
  // Somebody else was faster: shown by the use cases' own tests.
  "conflict.stale",
];

const strange = ["OPTIONS", "PROPFIND", "TRACE", "MKCOL", "COPY"];

/** Where a JSON schema has an object that takes fields which it does not name. */
function openObjects(schema: unknown, place: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { type, additionalProperties } = schema as Record<string, unknown>;
  const own = type === "object" && additionalProperties !== false ? [place] : [];
  const inner = Object.entries(schema).flatMap(([name, each]) =>
    openObjects(each, `${place}.${name}`),
  );
  return [...own, ...inner];
}

describe("every operation", () => {
  it.each(byRows)("$id: the documented request gets the documented answer", async (each) => {
    const api = await makeApiWorld();
    const token = await api.tokenOf(api.world[each.as]);
    const input = await each.input(api);
    expectSuccess(each.id, await api.call(each.id, input, { token }));
  });

  const refusals = all.flatMap(({ refusals: own = [], ...each }) =>
    own.map(([code, change, before]) => ({ ...each, code, change, before })),
  );
  it.each(refusals)("$id: $code, as documented, and nothing moves", async (refusal) => {
    const { id, as, code, change, before } = refusal;
    const api = await makeApiWorld();
    const token = await api.tokenOf(api.world[as]);
    const given = typeof change === "function" ? change(api) : change;
    const input = { ...(await refusal.input(api)), ...given };
    await before?.(api);
    const rows = await everything(api.world.db);
    expectProblem(id, await api.call(id, input, { token }), code);
    expect(await everything(api.world.db)).toEqual(rows);
  });

  it("shows each refusal of its own that rows can bring about", () => {
    const missing = operationList.flatMap(([id, { problems }]) =>
      problems
        .filter((code) => !ofLibvirt.includes(code))
        .filter((code) => !refusals.some((each) => each.id === id && each.code === code))
        .map((code) => `${id}: ${code}`)
        .filter((each) => !ofTheHost.includes(each)),
    );
    expect(missing).toEqual([]);
  });
});

describe("what is not documented", () => {
  it("a field or a query more is refused by every operation, and nothing moves", async () => {
    const api = await makeApiWorld();
    const token = await api.tokenOf(api.world.admin);
    const more = { ownerId: "me", role: "owner", isAdmin: true, hostId: "local", price: 0 };
    for (const each of all) {
      const input = await each.input(api);
      const rows = await everything(api.world.db);
      const { params, query, body } = operations[each.id];
      for (const [name, value] of Object.entries(more)) {
        if (name in { ...params.shape, ...query.shape, ...body?.shape }) continue;
        const reply = await api.call(each.id, { ...input, [name]: value }, { token });
        expectProblem(each.id, reply, "input.invalid");
        expect(reply.body).toMatchObject({ errors: { [name]: expect.any(String) } });
      }
      const asked = requestOf(operations[each.id], input);
      const path = `${asked.path}${asked.path.includes("?") ? "&" : "?"}access_token=x`;
      const reply = await api.send(asked.method, path, { token, body: asked.body });
      expectProblem(each.id, reply, "input.invalid");
      expect(await everything(api.world.db), each.id).toEqual(rows);
    }
  });

  it("a field more is refused inside of objects, too: every one that is sent is closed", () => {
    const open = operationList.flatMap(([id, { params, query, body }]) =>
      [params, query, body].flatMap((schema) =>
        schema === null ? [] : openObjects(z.toJSONSchema(schema, { io: "input" }), id),
      ),
    );
    expect(open).toEqual([]);
  });

  it("such a field is named with its place", async () => {
    const api = await makeApiWorld();
    const token = await api.tokenOf(api.world.admin);
    const { projectId, userId } = api.ids;
    const limits = { vms: 1, vcpus: 1, memoryMib: 1, diskGib: 1, snapshots: 1, images: 1 };
    const calls: [OperationId, object, string][] = [
      [
        "setProjectLimits",
        { projectId, limits: { ...limits, imageGib: 1, price: 0 }, leaseDays: null },
        "limits.price",
      ],
      [
        "deleteUser",
        { userId, confirmEmail: "x", owners: [{ projectId, userId, role: "owner" }] },
        "owners.0.role",
      ],
    ];
    const rows = await everything(api.world.db);
    for (const [id, input, field] of calls) {
      const reply = await api.call(id, input, { token });
      expectProblem(id, reply, "input.invalid");
      expect(Object.keys((reply.body as { errors: object }).errors)).toEqual([field]);
    }
    expect(await everything(api.world.db)).toEqual(rows);
  });

  it("another method is refused with those that there are", async () => {
    const api = await makeApiWorld();
    const token = await api.tokenOf(api.world.admin);
    const paths = new Map<string, Set<string>>();
    for (const { id } of all) {
      const { path, method } = operations[id];
      paths.set(path, (paths.get(path) ?? new Set()).add(method));
    }
    for (const [path, known] of paths) {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", ...strange]) {
        if (known.has(method)) continue;
        const reply = await api.send(method, path.replaceAll(/[{}]/g, ""), { token });
        expectProblemOf(reply, "request.method");
        expect(reply.headers.allow?.split(", ").sort()).toEqual([...known].sort());
      }
      // Of an answer to HEAD the status is all that there is.
      const head = await api.send("HEAD", path.replaceAll(/[{}]/g, ""), { token });
      expect({ path, status: head.status, text: head.text }).toEqual({
        path,
        status: 405,
        text: "",
      });
    }
  });

  it("nothing is below an operation's path, nor beside it in another writing", async () => {
    const api = await makeApiWorld();
    const token = await api.tokenOf(api.world.admin);
    const known = new Set(all.map(({ id }) => operations[id].path));
    for (const path of known) {
      const filled = path.replaceAll(/[{}]/g, "");
      for (const other of [`${filled}/nothing/more/below`, `${filled}/`, filled.toUpperCase()]) {
        for (const method of ["GET", "POST", "DELETE"]) {
          expectProblemOf(await api.send(method, other, { token }), "not_found");
        }
      }
    }
  });

  it.each([
    "/",
    "",
    "/nothing",
    "/vms/",
    "/vms/a/b/c",
    "/VMS",
    "//vms",
    "/vms/%zz",
    "/vms/%2e%2e/x",
  ])("the path %j is not found", async (path) => {
    const api = await makeApiWorld();
    const token = await api.tokenOf(api.world.admin);
    expectProblemOf(await api.send("GET", path, { token }), "not_found");
  });
});
