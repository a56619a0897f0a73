import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ensureSetupLink } from "@/lib/auth/ensure-setup-link";
import type { Db } from "@/lib/db/client";
import { tempDb, tempDir } from "@/lib/db/testing/temp-db";
import { ensureAdminFromEnv } from "./ensure-admin-from-env";
import { type SetupAdminInput, setupAdmin, setupAdminSchema } from "./setup-admin";
import { signIn } from "./sign-in";
import { actorWith, cookieOf, goodPassword, later, noon, person, visitor } from "./testing/people";

const origin = "https://cloud.example.org";

async function link(db: Db, now = noon): Promise<string> {
  const url = await ensureSetupLink(db, origin, now);
  const token = new URL(url ?? "").searchParams.get("token");
  expect(url).toBe(`${origin}/setup?token=${token}`);
  return token ?? "";
}

function input(token: string, differs: Partial<SetupAdminInput> = {}): SetupAdminInput {
  const admin = { name: "Ada", email: "ada@example.org", password: goodPassword };
  return { token, locale: "zh-CN", ...admin, ...differs };
}

const refusedLink = { code: "auth.forbidden", userMessage: { key: "auth.setup_link" } };

describe("the setup link", () => {
  it("makes the administrator, his project, and signs him in", async () => {
    const db = await tempDb();
    const signedIn = await setupAdmin(visitor(db), input(await link(db)));
    const actor = await actorWith(db, await cookieOf(signedIn));
    const project = await db.project.findUniqueOrThrow({ where: { slug: "default" } });
    expect(project.name).toBe("Default");
    expect(actor).toMatchObject({
      userId: signedIn.userId,
      isAdmin: true,
      memberships: [{ projectId: project.id, role: "owner" }],
    });
    expect(signedIn.locale).toBe("zh-CN");
    expect(await db.auditEvent.findMany()).toMatchObject([
      { action: "setup.admin", outcome: "ok", actorId: signedIn.userId, ip: "192.0.2.10" },
    ]);
  });

  it("keeps only the hash of its token", async () => {
    const db = await tempDb();
    const token = await link(db);
    expect(JSON.stringify(await db.setupToken.findMany())).not.toContain(token);
  });

  it("works once, also for two who use it at the same time", async () => {
    const db = await tempDb();
    const token = await link(db);
    const results = await Promise.allSettled([
      setupAdmin(visitor(db), input(token)),
      setupAdmin(visitor(db), input(token, { email: "mallory@example.org" })),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.user.count()).toBe(1);
    await expect(setupAdmin(visitor(db), input(token))).rejects.toMatchObject(refusedLink);
  });

  it("works for 24 hours", async () => {
    const db = await tempDb();
    const token = await link(db);
    const late = visitor(db, { clock: () => later(24 * 3_600_000) });
    await expect(setupAdmin(late, input(token))).rejects.toMatchObject(refusedLink);
    const inTime = visitor(db, { clock: () => later(24 * 3_600_000 - 1) });
    await setupAdmin(inTime, input(token));
  });

  it.each(["", "x", "A".repeat(43), "' OR 1=1 --"])(
    "a made-up token %j is refused",
    async (token) => {
      const db = await tempDb();
      await link(db);
      await expect(setupAdmin(visitor(db), input(token))).rejects.toMatchObject(refusedLink);
      expect(await db.user.count()).toBe(0);
    },
  );

  it("survives a weak password and a restart of the portal", async () => {
    const db = await tempDb();
    const token = await link(db);
    await expect(
      setupAdmin(visitor(db), input(token, { password: "password1234" })),
    ).rejects.toMatchObject({ fields: { password: { key: "field.password.common" } } });
    await expect(
      setupAdmin(visitor(db), input(token, { password: "leavemealone" })),
    ).rejects.toMatchObject({ fields: { password: { key: "field.password.listed" } } });
    expect(await link(db)).not.toBe(token);
    await setupAdmin(visitor(db), input(token));
  });

  it("is gone once there is an administrator, and every other link with it", async () => {
    const db = await tempDb();
    const first = await link(db);
    const second = await link(db);
    await setupAdmin(visitor(db), input(first));
    expect(await ensureSetupLink(db, origin, noon)).toBeNull();
    const again = setupAdmin(visitor(db), input(second, { email: "mallory@example.org" }));
    await expect(again).rejects.toMatchObject(refusedLink);
  });

  it("field smuggling: isAdmin, role and id in the form are dropped", () => {
    const smuggled = { ...input("t"), isAdmin: true, id: "chosen", role: "owner" };
    expect(setupAdminSchema.parse(smuggled)).toEqual(input("t"));
  });

  it.each(["<b>", "a b@c", "a@b@c.d", "a@b", "", "a\u0000@b.cd"])(
    "refuses %j as an address",
    (email) => {
      expect(setupAdminSchema.safeParse(input("t", { email })).success).toBe(false);
    },
  );

  it("keeps addresses in lower case, so that one person has one account", async () => {
    const db = await tempDb();
    const parsed = setupAdminSchema.parse(input(await link(db), { email: " Ada@Example.ORG " }));
    await setupAdmin(visitor(db), parsed);
    await signIn(visitor(db), { email: "ada@example.org", password: goodPassword });
  });
});

describe("an administrator from the settings", () => {
  async function settings(password: string) {
    const file = join(await tempDir(), "password");
    await writeFile(file, password);
    return { PORTICO_ADMIN_EMAIL: "Root@Example.org", PORTICO_ADMIN_PASSWORD_FILE: file };
  }

  it("is made once, with the file's password without its line end", async () => {
    const db = await tempDb();
    expect(await ensureAdminFromEnv(db, await settings(`${goodPassword}\n`))).toBe(true);
    expect(await ensureAdminFromEnv(db, await settings("another good pass phrase"))).toBe(false);
    await signIn(visitor(db), { email: "root@example.org", password: goodPassword });
    expect(await ensureSetupLink(db, origin, noon)).toBeNull();
    expect(await db.membership.findMany()).toMatchObject([{ role: "owner" }]);
  });

  it("is not made where one exists, and nobody's password is touched", async () => {
    const db = await tempDb();
    const admin = await person(db, { isAdmin: true, email: "root@example.org" });
    expect(await ensureAdminFromEnv(db, await settings("another good pass phrase"))).toBe(false);
    expect(await db.user.findMany()).toEqual([admin]);
  });

  it("says what is wrong with the settings, and never the password", async () => {
    const db = await tempDb();
    const weak = await settings("hunter2hunter2");
    await expect(
      ensureAdminFromEnv(db, { ...weak, PORTICO_ADMIN_EMAIL: undefined }),
    ).rejects.toThrow(/go together/);
    const short = ensureAdminFromEnv(db, await settings("hunter2"));
    await expect(short).rejects.toThrow(/12 characters or more/);
    await expect(short).rejects.not.toThrow(/hunter2/);
    expect(await db.user.count()).toBe(0);
  });

  it("does nothing without settings", async () => {
    const db = await tempDb();
    const none = { PORTICO_ADMIN_EMAIL: undefined, PORTICO_ADMIN_PASSWORD_FILE: undefined };
    expect(await ensureAdminFromEnv(db, none)).toBe(false);
  });
});
