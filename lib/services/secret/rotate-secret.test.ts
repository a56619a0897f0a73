import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWith, sealWith } from "@/lib/auth/seal";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { tempDir } from "@/lib/db/testing/temp-db";
import { FakeHosts } from "../testing/fake-hosts";
import { addPerson, everything } from "../testing/world";
import { rotateSecret } from "./rotate-secret";

const first = "f".repeat(64);
const second = "s".repeat(64);

/** An installation with an administrator whose authenticator app is sealed with `first`. */
async function installation(file: "secrets.env" | "auth-secret" = "auth-secret") {
  const dataDir = await tempDir();
  const url = `file:${join(dataDir, "portico.db")}`;
  await migrate(url);
  const db = openDb(url);
  onTestFinished(() => db.$disconnect());
  const hosts = new FakeHosts();
  const admin = await addPerson(db, hosts, "ada", {}, { isAdmin: true });
  const owner = await addPerson(db, hosts, "bob", {});
  const id = admin.actor.userId;
  await db.user.update({ where: { id }, data: { totpSecret: sealWith(first, "JBSW", id) } });
  const path = join(dataDir, file);
  const text = file === "auth-secret" ? `${first}\n` : `A=1\nNEXTAUTH_SECRET=${first}\nB=2\n`;
  writeFileSync(path, text, { mode: 0o600 });
  const read = () => readFileSync(path, "utf8");
  /** What the app's seal says by these secrets. */
  const opened = async (...secrets: string[]) => {
    const { totpSecret } = await db.user.findUniqueOrThrow({ where: { id } });
    return openWith(secrets, totpSecret ?? "", id);
  };
  return { dataDir, db, admin, owner, path, read, opened, input: { dataDir, setting: undefined } };
}

describe("a new secret of the installation", () => {
  it.each(["secrets.env", "auth-secret"] as const)(
    "V11.2.2: in %s; app secrets are sealed anew, sessions end, the record says so",
    async (name) => {
      const { db, admin, dataDir, path, read, opened, input } = await installation(name);
      const done = await rotateSecret(admin, input);
      expect(done).toEqual({ file: path, resealed: 1, unread: 0 });
      const secret = read().match(/[\w-]{64}/)?.[0] ?? "";
      expect(secret).not.toBe(first);
      expect(await opened(secret)).toBe("JBSW");
      expect(await opened(first)).toBeNull();
      if (name === "secrets.env") expect(read()).toBe(`A=1\nNEXTAUTH_SECRET=${secret}\nB=2\n`);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readdirSync(dataDir).filter((each) => !each.startsWith("portico.db"))).toEqual([name]);
      expect(await db.session.count({ where: { revokedAt: null } })).toBe(0);
      const row = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
      expect(row).toMatchObject({ action: "portal.rotate_secret", outcome: "ok" });
      expect(JSON.stringify(row)).not.toContain(secret);
    },
  );

  it("leaves alone what the old one did not open either, and counts it", async () => {
    const { db, admin, owner, input } = await installation();
    const id = owner.actor.userId;
    const totpSecret = sealWith(second, "X", id);
    await db.user.update({ where: { id }, data: { totpSecret } });
    expect(await rotateSecret(admin, input)).toMatchObject({ resealed: 1, unread: 1 });
    expect(await db.user.findUnique({ where: { id } })).toMatchObject({ totpSecret });
  });
});

describe("a rotation that was cut off", () => {
  it("before the new secret stood in its file begins anew", async () => {
    const { admin, dataDir, read, opened, input } = await installation();
    writeFileSync(join(dataDir, "auth-secret.former"), `${first}\n`);
    await rotateSecret(admin, input);
    expect(read().trim()).not.toBe(first);
    expect(await opened(read().trim())).toBe("JBSW");
    expect(readdirSync(dataDir)).not.toContain("auth-secret.former");
  });

  it("after that is brought to its end, with the secret that stands there", async () => {
    const { admin, dataDir, path, read, opened, input } = await installation();
    writeFileSync(join(dataDir, "auth-secret.former"), `${first}\n`);
    writeFileSync(path, `${second}\n`);
    expect(await opened(second, first)).toBe("JBSW");
    await rotateSecret(admin, input);
    expect(read()).toBe(`${second}\n`);
    expect(await opened(second)).toBe("JBSW");
    expect(readdirSync(dataDir)).not.toContain("auth-secret.former");
  });
});

describe("nothing moves", () => {
  type World = Awaited<ReturnType<typeof installation>>;
  it.each<[string, string, (world: World) => Promise<unknown>]>([
    ["for anybody but administrators", "auth.forbidden", (w) => rotateSecret(w.owner, w.input)],
    [
      "where a setting decides",
      "conflict.rule",
      (w) => rotateSecret(w.admin, { ...w.input, setting: second }),
    ],
    [
      "when the secret opens nothing of what is sealed",
      "conflict.rule",
      async (w) => {
        writeFileSync(w.path, `${second}\n`);
        await rotateSecret(w.admin, w.input).finally(() => writeFileSync(w.path, `${first}\n`));
      },
    ],
    [
      "without a secret in the folder",
      "not_found",
      async (w) => rotateSecret(w.admin, { ...w.input, dataDir: await tempDir() }),
    ],
  ])("%s", async (_name, code, attempt) => {
    const world = await installation();
    const before = await everything(world.db);
    await expect(attempt(world)).rejects.toMatchObject({ code });
    expect(await everything(world.db)).toEqual(before);
    expect(world.read()).toBe(`${first}\n`);
    expect(readdirSync(world.dataDir)).not.toContain("auth-secret.former");
  });
});
