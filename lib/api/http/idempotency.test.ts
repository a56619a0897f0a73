import { describe, expect, it, vi } from "vitest";
import { type ApiWorld, makeApiWorld } from "../testing/api-world";
import { expectProblemOf, expectSuccess } from "../testing/contract";

const input = (api: ApiWorld, change: object = {}) => ({
  projectId: api.ids.projectId,
  name: "once",
  vcpus: 1,
  memoryMib: 512,
  diskGib: 1,
  ...change,
});

async function scene() {
  const api = await makeApiWorld();
  const token = await api.tokenOf(api.world.member);
  const create = (key: string, change: object = {}, as = token) =>
    api.call("createVm", input(api, change), { token: as, headers: { "idempotency-key": key } });
  const made = () => api.world.db.vm.count({ where: { name: { startsWith: "once" } } });
  return { ...api, token, create, made };
}

describe("an Idempotency-Key", () => {
  it("of 20 requests at once makes one VM", async () => {
    const api = await scene();
    const replies = await Promise.all(Array.from({ length: 20 }, () => api.create("k1")));
    expect(await api.made()).toBe(1);
    const done = replies.filter((reply) => reply.status === 202);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map((reply) => reply.text)).size).toBe(1);
    for (const reply of replies.filter((each) => each.status !== 202)) {
      expect(expectProblemOf(reply, "idempotency.in_flight").retryable).toBe(true);
      expect(reply.headers["retry-after"]).toBe("1");
    }
  });

  it("gives the same request the same answer, however it is written", async () => {
    const api = await scene();
    const first = await api.create("k1");
    expectSuccess("createVm", first);
    const again = await api.create("k1", { imageId: null, diskFormat: "qcow2" });
    expect(again).toMatchObject({ status: 202, text: first.text });
    expect(again.headers).toMatchObject({
      location: first.headers.location,
      "idempotency-replayed": "true",
      "x-request-id": first.headers["x-request-id"],
    });
    expect(await api.made()).toBe(1);
  });

  it("stands for one request only, and for who made it only", async () => {
    const api = await scene();
    await api.create("k1");
    expectProblemOf(await api.create("k1", { name: "once more" }), "idempotency.mismatch");
    const other = await api.call(
      "createToken",
      { name: "x", scopes: ["read"], expiresInDays: 1 },
      {
        token: api.token,
        headers: { "idempotency-key": "k1" },
      },
    );
    expectProblemOf(other, "idempotency.mismatch");
    const owner = await api.tokenOf(api.world.owner);
    expect((await api.create("k1", { name: "once by another" }, owner)).status).toBe(202);
    expect(await api.made()).toBe(2);
  });

  it("keeps a refusal that will not change, and gives back one that may", async () => {
    const api = await scene();
    const { db, project } = api.world;
    const { userId } = api.world.member.actor;
    const where = { projectId_userId: { projectId: project, userId } };
    await db.membership.update({ where, data: { role: "viewer" } });
    expectProblemOf(await api.create("k1"), "auth.forbidden");
    await db.membership.update({ where, data: { role: "member" } });
    expect((await api.create("k1")).status).toBe(202);
    const taken = await api.create("k2");
    const problem = expectProblemOf(taken, "conflict.exists");
    await db.vm.updateMany({ where: { name: "once" }, data: { name: "renamed" } });
    const again = await api.create("k2");
    expect(again.body).toMatchObject({ code: "conflict.exists", requestId: problem.requestId });
  });

  it("is forgotten after a day", async () => {
    const api = await scene();
    await api.create("k1");
    await api.world.db.idempotencyKey.updateMany({ data: { expiresAt: new Date() } });
    expectProblemOf(await api.create("k1"), "conflict.exists");
  });

  /** As if the process that worked for it had died a while ago. */
  const died = (api: ApiWorld) =>
    api.world.db.idempotencyKey.updateMany({
      data: { status: null, body: null, createdAt: new Date(Date.now() - 61_000) },
    });

  it("of a process that died after the VM was made gets that VM's task", async () => {
    const api = await scene();
    const first = await api.create("k1");
    await api.world.db.idempotencyKey.updateMany({ data: { status: null, body: null } });
    expectProblemOf(await api.create("k1"), "idempotency.in_flight");
    await died(api);
    const replies = await Promise.all([1, 2, 3].map(() => api.create("k1")));
    const done = replies.filter((reply) => reply.status === 202);
    expect(done.length).toBeGreaterThan(0);
    for (const reply of done) expect(reply.body).toEqual(first.body);
    expect(await api.made()).toBe(1);
  });

  it("of a request that broke before anything was made makes it the next time", async () => {
    const api = await scene();
    const { hosts } = api.world;
    vi.spyOn(hosts, "list").mockImplementationOnce(() => {
      throw new Error("a bug");
    });
    const broken = expectProblemOf(await api.create("k1"), "internal");
    expect(JSON.stringify(broken)).not.toContain("a bug");
    expect(api.logged.join()).toContain("a bug");
    expectProblemOf(await api.create("k1"), "idempotency.in_flight");
    await died(api);
    expect((await api.create("k1")).status).toBe(202);
    expect(await api.made()).toBe(1);
  });

  it("of a token whose answer was lost says that it was made, and makes no other", async () => {
    const api = await scene();
    const make = () =>
      api.call(
        "createToken",
        { name: "x", scopes: ["read"], expiresInDays: 1 },
        {
          token: api.token,
          headers: { "idempotency-key": "k1" },
        },
      );
    await make();
    const before = await api.world.db.apiToken.count();
    await died(api);
    expectProblemOf(await make(), "conflict.exists");
    expect(await api.world.db.apiToken.count()).toBe(before);
  });

  it.each(["", " ", "with space", "x".repeat(256), "ü"])("%j is none", async (key) => {
    const api = await scene();
    const reply = await api.create(key);
    expect(expectProblemOf(reply, "input.invalid").errors).toHaveProperty("Idempotency-Key");
    expect(await api.made()).toBe(0);
  });

  it("is refused where nothing is created", async () => {
    const api = await scene();
    const headers = { "idempotency-key": "k1" };
    const { vmId } = api.ids;
    const reply = await api.call("suspendVm", { vmId }, { token: api.token, headers });
    expect(expectProblemOf(reply, "input.invalid").errors).toHaveProperty("Idempotency-Key");
  });
});

describe("secrets", () => {
  it("are in the one answer that shows them and nowhere else: not in rows, logs, other answers", async () => {
    const api = await scene();
    const { token } = api;
    const headers = { "idempotency-key": "k1" };
    const make = () =>
      api.call(
        "createToken",
        { name: "canary", scopes: ["read"], expiresInDays: 1 },
        { token, headers },
      );
    const made = await make();
    const { secret } = made.body as { secret: string };
    expect(await make()).toMatchObject({ status: 201, text: made.text });
    const ticket = await api.call("createConsoleTicket", { vmId: api.ids.vmId }, { token });
    const owner = await api.tokenOf(api.world.owner);
    const invited = await api.call(
      "createInvitation",
      { email: "canary@example.org", projectId: api.ids.projectId, role: "viewer" },
      { token: owner },
    );
    const canaries = [
      token,
      owner,
      secret,
      (ticket.body as { ticket: string }).ticket,
      (invited.body as { path: string }).path.replace("/invite/", ""),
    ];
    const answers = await Promise.all(
      ["/tokens", "/whoami", "/vms", "/tasks", `/vms/${api.ids.vmId}`, `/nothing/${token}`].map(
        async (path) => (await api.send("GET", path, { token })).text,
      ),
    );
    const admin = await api.tokenOf(api.world.admin);
    for (const path of ["/users", "/audit", `/users/${api.ids.userId}`, "/invitations"]) {
      answers.push((await api.send("GET", path, { token: admin })).text);
    }
    const tables = await api.world.db.$queryRawUnsafe<{ name: string }[]>(
      "SELECT name FROM sqlite_master WHERE type = 'table'",
    );
    const rows: unknown[] = [];
    for (const { name } of tables) {
      rows.push(await api.world.db.$queryRawUnsafe(`SELECT * FROM "${name}"`));
    }
    const text = JSON.stringify([answers, rows, api.logged], (_key, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const canary of canaries) {
      expect(canary.length).toBeGreaterThan(20);
      expect(text).not.toContain(canary);
    }
  });
});
