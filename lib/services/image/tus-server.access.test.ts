import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { announceEnded } from "@/lib/auth/session-events";
import { sessionIdOfToken } from "@/lib/policies/token-rights";
import { changeRole } from "../project/change-role";
import { removeMember } from "../project/remove-member";
import { deleteUser } from "../user/delete-user";
import { setUserDisabled } from "../user/set-user-disabled";
import { ask, begin, begun, idOf, imageOf, send, startPortal } from "./tus-server.fixture";

/** From here on what comes every few seconds comes only when the test says so. */
function stopIntervals(): void {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  onTestFinished(() => void vi.useRealTimers());
}

describe("who may send", () => {
  it("nobody without a session, from another origin, or without an Origin", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 1_000_000);
    for (const origin of ["https://evil.example", "null", null]) {
      const answer = await ask(portal, "DELETE", path, { headers: { origin } });
      expect(answer.status).toBe(403);
    }
    portal.as(null);
    for (const method of ["HEAD", "PATCH", "DELETE"]) {
      expect((await ask(portal, method, path)).status).toBe(401);
    }
    expect((await begin(portal, 1_000_000)).status).toBe(401);
    expect(await portal.world.db.image.count()).toBe(1);
  });

  it("a program with image.write, which needs no Origin; without the scope it may not", async () => {
    const portal = await startPortal();
    const { actor } = portal.world.member;
    const token = { id: "t", name: "ci", projectId: null };
    const headers = { origin: null, cookie: null };
    portal.as({ ...actor, token: { ...token, scopes: ["image.write"] } });
    const path = await begun(portal, 1_000_000);
    expect((await send(portal, path, 0, Buffer.alloc(100), { headers })).status).toBe(204);
    portal.as({ ...actor, token: { ...token, scopes: ["read", "vm.write"] } });
    expect((await send(portal, path, 100, Buffer.alloc(100), { headers })).status).toBe(403);
    expect((await imageOf(portal, path)).receivedBytes).toBe(100n);
  });

  it("an outsider finds nothing, a viewer may not, and nothing moves", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 1_000_000);
    const before = await imageOf(portal, path);
    for (const [who, status] of [
      [portal.world.outsider, 404],
      [portal.world.viewer, 403],
    ] as const) {
      portal.as(who.actor);
      for (const method of ["HEAD", "DELETE"]) {
        expect((await ask(portal, method, path)).status).toBe(status);
      }
      expect((await send(portal, path, 0, Buffer.alloc(100))).status).toBe(status);
      expect((await begin(portal, 1_000_000)).status).toBe(status);
    }
    expect(await imageOf(portal, path)).toEqual(before);
    expect(await portal.world.db.image.count()).toBe(1);
  });

  it("whoever is refused is in the audit log, once however often", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 1_000_000);
    const refused = async () =>
      (await portal.world.db.auditEvent.findMany({ where: { action: "access.refuse" } })).map(
        ({ actorId, detail }) => [actorId, JSON.parse(detail).code],
      );
    portal.as(portal.world.outsider.actor);
    for (let index = 0; index < 5; index++) await ask(portal, "HEAD", path);
    portal.as(portal.world.viewer.actor);
    await begin(portal, 1_000_000);
    await ask(portal, "DELETE", path, { headers: { origin: "https://evil.example" } });
    portal.as(null);
    await begin(portal, 1_000_000);
    await eventually("the rows", async () =>
      expect(await refused()).toEqual([
        [portal.world.outsider.actor.userId, "not_found"],
        [portal.world.viewer.actor.userId, "auth.forbidden"],
        [null, "auth.required"],
      ]),
    );
  });

  it("a session that ends cuts the request that runs; the next one is 401", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 10_000_000);
    const sending = send(portal, path, 0, Buffer.alloc(10_000), {
      headers: { "content-length": "10000000" },
    }).catch((error: Error) => error);
    await eventually("the part", async () =>
      expect((await readFile(join(portal.uploadsDir, idOf(path)))).length).toBe(10_000),
    );
    portal.as(null);
    announceEnded([portal.world.member.actor.sessionId]);
    expect(await sending).toBeInstanceOf(Error);
    expect((await send(portal, path, 10_000, Buffer.alloc(10))).status).toBe(401);
  });

  it.each([
    ["disabled", false],
    ["disabled, who sends by a token", true],
    ["deleted", false],
  ])("a user who is %s: the request that runs is cut", async (what, byToken) => {
    stopIntervals();
    const portal = await startPortal();
    const { db, admin, member } = portal.world;
    const { userId, email } = member.actor;
    if (byToken) {
      const expiresAt = new Date(Date.now() + 60_000);
      const row = { id: "t", tokenHash: "h", hint: "h", name: "ci", userId, expiresAt };
      await db.apiToken.create({ data: { ...row, scopes: '["image.write"]' } });
      const token = { id: "t", name: "ci", projectId: null, scopes: ["image.write" as const] };
      portal.as({ ...member.actor, sessionId: sessionIdOfToken("t"), token });
    }
    const path = await begun(portal, 10_000_000);
    const sending = send(portal, path, 0, Buffer.alloc(10_000), {
      headers: { "content-length": "10000000" },
    }).catch((error: Error) => error);
    await eventually("the part", async () =>
      expect((await readFile(join(portal.uploadsDir, idOf(path)))).length).toBe(10_000),
    );
    if (what === "deleted") {
      await deleteUser(admin, { userId, confirmEmail: email, owners: [] });
    } else {
      await setUserDisabled(admin, { userId, disabled: true });
    }
    expect(await sending).toBeInstanceOf(Error);
  });

  it.each([
    ["removed by this process, at once", true],
    ["lowered by this process, at once", true],
    ["removed by another process, within seconds", false],
  ])("a member who is %s: the request that runs is cut", async (what, told) => {
    stopIntervals();
    const portal = await startPortal();
    const { db, owner, member, project } = portal.world;
    const path = await begun(portal, 10_000_000);
    const sending = send(portal, path, 0, Buffer.alloc(10_000), {
      headers: { "content-length": "10000000" },
    }).catch((error: Error) => error);
    await eventually("the part", async () =>
      expect((await readFile(join(portal.uploadsDir, idOf(path)))).length).toBe(10_000),
    );
    const { userId } = member.actor;
    if (!told) {
      await db.membership.deleteMany({ where: { userId } });
      vi.advanceTimersByTime(3_000);
    } else if (what.startsWith("removed")) {
      await removeMember(owner, { projectId: project, userId });
    } else {
      await changeRole(owner, { projectId: project, userId, role: "viewer" });
    }
    expect(await sending).toBeInstanceOf(Error);
  });

  it("a demoted member's creating request that brings bytes is cut, too", async () => {
    stopIntervals();
    const portal = await startPortal();
    const { owner, member, project, db } = portal.world;
    const sending = begin(portal, 10_000_000, { body: Buffer.alloc(10_000) }).catch(
      (error: Error) => error,
    );
    const bytes = async () => {
      const image = await db.image.findFirstOrThrow();
      expect((await readFile(join(portal.uploadsDir, image.id))).length).toBe(10_000);
    };
    await eventually("the part", bytes);
    await changeRole(owner, { projectId: project, userId: member.actor.userId, role: "viewer" });
    expect(await sending).toBeInstanceOf(Error);
  });

  it.each([
    "/api/uploads/../../etc/passwd",
    "/api/uploads/%2e%2e",
    "/api/uploads/a/b",
    "/api/uploads/x",
  ])("the path %s leads nowhere", async (path) => {
    const portal = await startPortal();
    expect((await ask(portal, "HEAD", path)).status).toBe(404);
    expect((await ask(portal, "GET", "/api/uploads")).status).toBe(404);
  });
});
