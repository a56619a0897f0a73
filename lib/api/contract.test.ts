import { describe, expect, it } from "vitest";
import { everything } from "@/lib/services/testing/world";
import { operationList, operations } from "./spec/operations";
import { makeApiWorld, requestOf } from "./testing/api-world";
import { caseOf } from "./testing/cases";
import { expectProblem, expectProblemOf, expectSuccess } from "./testing/contract";

const all = operationList.map(([id]) => ({ id, ...caseOf(id) }));
const byRows = all.filter(({ onHost }) => onHost === undefined);

/** What only libvirt itself can say; shown by the tests of lib/hypervisor. */
const ofLibvirt = [
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
  // Somebody else was faster: shown by the use cases' own tests.
  "conflict.stale",
];

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
        .map((code) => `${id}: ${code}`),
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
      const { query, body } = operations[each.id];
      for (const [name, value] of Object.entries(more)) {
        if (name in { ...query.shape, ...body?.shape }) continue;
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
  }, 60_000);

  it("another method is refused with those that there are", async () => {
    const api = await makeApiWorld();
    const token = await api.tokenOf(api.world.admin);
    const paths = new Map<string, Set<string>>();
    for (const { id } of all) {
      const { path, method } = operations[id];
      paths.set(path, (paths.get(path) ?? new Set()).add(method));
    }
    for (const [path, known] of paths) {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
        if (known.has(method)) continue;
        const reply = await api.send(method, path.replaceAll(/[{}]/g, ""), { token });
        expectProblemOf(reply, "request.method");
        expect(reply.headers.allow?.split(", ").sort()).toEqual([...known].sort());
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
