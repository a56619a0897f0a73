import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { actorOfToken } from "@/lib/auth/token";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { tempDir } from "@/lib/db/testing/temp-db";
import { env } from "@/lib/env";
import { FakeHosts } from "@/lib/services/testing/fake-hosts";
import { addPerson } from "@/lib/services/testing/world";
import { commands } from "../commands/all";
import { call } from "../testing/terminal";

/** An installation of this test's own, as the process's settings name it. */
async function installation() {
  const db = openDb(`file:${join(env().PORTICO_DATA, "portico.db")}`);
  onTestFinished(() => db.$disconnect());
  return db;
}

beforeEach(async () => {
  const dataDir = await tempDir();
  env().PORTICO_DATA = dataDir;
  await migrate(`file:${join(dataDir, "portico.db")}`);
});

const run = (...words: string[]) => call(commands, ["admin", ...words]);

describe("portico admin", () => {
  it("says where it looked when there is no portal", async () => {
    env().PORTICO_DATA = await tempDir();
    const { code, err } = await run("user", "ls");
    expect(code).toBe(4);
    expect(err).toContain(env().PORTICO_DATA);
  });

  it("prints the link of the first administrator, and only of the first", async () => {
    const db = await installation();
    const first = await run("setup-link");
    expect(first.out).toMatch(/^http:\/\/localhost:3000\/setup\?token=[\w-]+\n$/);
    await addPerson(db, new FakeHosts(), "ada", {}, { isAdmin: true });
    expect((await run("setup-link")).code).toBe(5);
  });

  it("lets a person in again, with a record of who did it", async () => {
    const db = await installation();
    const { actor } = await addPerson(db, new FakeHosts(), "ada", {}, { isAdmin: true });
    const { code, out } = await run("user", "reset", actor.email.toUpperCase());
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^Give this link to .+: http:\/\/localhost:3000\/reset\/[\w-]+\n$/,
      ),
    });
    const row = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(row).toMatchObject({
      action: "user.make_reset_link",
      targetId: actor.userId,
      ip: "local",
    });
    expect(row.actorName).toMatch(/\(portico admin\)$/);
    expect(await db.passwordReset.count({ where: { userId: actor.userId } })).toBe(1);
  });

  it("keeps the rules: the last administrator stays one, a stranger is not found", async () => {
    const db = await installation();
    const { actor } = await addPerson(db, new FakeHosts(), "ada", {}, { isAdmin: true });
    expect(await run("user", "right", actor.email, "none")).toMatchObject({ code: 5 });
    expect(await run("user", "disable", actor.email)).toMatchObject({ code: 5 });
    expect(await run("user", "disable", "nobody@example.org")).toMatchObject({ code: 4 });
    expect(await run("user", "right", actor.email, "emperor")).toMatchObject({ code: 2 });
    expect(await db.user.findFirst()).toMatchObject({ isAdmin: true, disabledAt: null });
  });

  it("disables, enables and lists people", async () => {
    const db = await installation();
    await addPerson(db, new FakeHosts(), "ada", {}, { isAdmin: true });
    const { actor } = await addPerson(db, new FakeHosts(), "bob", {});
    expect(await run("user", "disable", actor.email)).toMatchObject({ code: 0 });
    const session = await db.session.findUniqueOrThrow({ where: { id: actor.sessionId } });
    expect(session.revokedAt).not.toBeNull();
    const { out } = await run("user", "ls", "--json");
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({ name: "ada", right: "admin" }),
      expect.objectContaining({ name: "bob", disabled: true }),
    ]);
    expect(await run("user", "enable", actor.email)).toMatchObject({ code: 0 });
    expect((await run("user", "ls")).out).toMatch(/bob +\S+ +none +no/);
  });

  it("makes a token that acts as the person", async () => {
    const db = await installation();
    const { actor } = await addPerson(db, new FakeHosts(), "ada", {}, { isAdmin: true });
    const { out } = await run(
      ...["token", "create", actor.email, "ci", "--scopes", "read,vm.write", "--json"],
    );
    const { secret } = JSON.parse(out) as { secret: string };
    expect(await actorOfToken(secret, "192.0.2.1", db)).toMatchObject({
      userId: actor.userId,
      isAdmin: true,
      token: { scopes: ["read", "vm.write"] },
    });
  });

  it("replaces the secret, and says what goes on and what does not", async () => {
    const db = await installation();
    await addPerson(db, new FakeHosts(), "ada", {}, { isAdmin: true });
    expect(await run("secret", "rotate")).toMatchObject({ code: 4 });
    const secret = env().NEXTAUTH_SECRET ?? "x".repeat(40);
    await writeFile(join(env().PORTICO_DATA, "auth-secret"), secret);
    const { code, out } = await run("secret", "rotate");
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/holds a new secret/) });
    expect(await db.session.count({ where: { revokedAt: null } })).toBe(0);
  });

  it("saves the state into a file", async () => {
    const db = await installation();
    await addPerson(db, new FakeHosts(), "ada", {}, { isAdmin: true });
    const file = join(await tempDir(), "portico.tar.gz");
    expect(await run("backup", file)).toMatchObject({ code: 0 });
    expect(await run("backup", file)).toMatchObject({ code: 5 });
  });
});
