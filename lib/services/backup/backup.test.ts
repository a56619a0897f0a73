import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { create } from "tar";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { tempDir } from "@/lib/db/testing/temp-db";
import { FakeHosts } from "../testing/fake-hosts";
import { addPerson, addProject, addVm, everything } from "../testing/world";
import { createBackup } from "./create-backup";
import { restoreBackup } from "./restore-backup";

const now = new Date("2030-06-01T12:00:00.000Z");

function open(dataDir: string) {
  const db = openDb(`file:${join(dataDir, "portico.db")}`);
  onTestFinished(() => db.$disconnect());
  return db;
}

/** An installation with a project, a VM, and a secret. */
async function installation() {
  const dataDir = await tempDir();
  await migrate(`file:${join(dataDir, "portico.db")}`);
  await writeFile(join(dataDir, "secrets.env"), `NEXTAUTH_SECRET=${"s".repeat(40)}\n`);
  const db = open(dataDir);
  const hosts = new FakeHosts();
  await db.host.create({ data: { id: "local", name: "local", uri: "test:///default" } });
  const project = await addProject(db, "one");
  await addVm({ db, project });
  const admin = await addPerson(db, hosts, "admin", {}, { isAdmin: true });
  const owner = await addPerson(db, hosts, "owner", { [project]: "owner" });
  return { dataDir, db, admin, owner, file: join(await tempDir(), "portico.tar.gz") };
}

describe("backup and restore", () => {
  it("an empty machine gets the same rows and secrets, while the first portal runs on", async () => {
    const first = await installation();
    const made = await createBackup(first.admin, first);
    expect((await stat(first.file)).mode & 0o777).toBe(0o600);
    expect(made.bytes).toBe((await stat(first.file)).size);
    const before = await everything(first.db);
    const dataDir = join(await tempDir(), "new");
    const restored = await restoreBackup({ dataDir, file: first.file, now });
    expect(restored).toEqual({ manifest: made.manifest, keptIn: null });
    expect(await everything(open(dataDir))).toEqual(before);
    const secrets = join(dataDir, "secrets.env");
    expect(await readFile(secrets, "utf8")).toContain("s".repeat(40));
    expect((await stat(secrets)).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).not.toContainEqual(expect.stringMatching(/^\.restore-/));
  });

  it("keeps what stood there", async () => {
    const first = await installation();
    await createBackup(first.admin, first);
    const second = await installation();
    const project = await addProject(second.db, "later");
    await second.db.$disconnect();
    const { dataDir } = second;
    const { keptIn } = await restoreBackup({ dataDir, file: first.file, now });
    const kept = open(keptIn ?? "");
    expect(await kept.project.count({ where: { id: project } })).toBe(1);
    expect(await open(dataDir).project.count({ where: { id: project } })).toBe(0);
  });

  it("is for administrators, and overwrites nothing", async () => {
    const { admin, owner, dataDir, file } = await installation();
    await expect(createBackup(owner, { dataDir, file })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    await createBackup(admin, { dataDir, file });
    const bytes = await readFile(file);
    await expect(createBackup(admin, { dataDir, file })).rejects.toMatchObject({
      code: "conflict.exists",
    });
    expect(await readFile(file)).toEqual(bytes);
  });

  it("is refused while another process has the database open", async () => {
    const { admin, db, dataDir, file } = await installation();
    await createBackup(admin, { dataDir, file });
    await db.$disconnect();
    const path = join(dataDir, "portico.db");
    const holder = spawn("sh", ["-c", 'exec 3<"$1"; echo open; read wait', "sh", path]);
    onTestFinished(() => void holder.kill());
    await once(holder.stdout, "data");
    await expect(restoreBackup({ dataDir, file, now })).rejects.toMatchObject({
      code: "conflict.rule",
      message: `The portal runs (pid ${holder.pid}): stop it first`,
    });
  });
});

describe("what is no whole backup changes nothing", () => {
  const manifest = (files: object) =>
    JSON.stringify({ format: "portico-backup-1", createdAt: now.toISOString(), host: "h", files });

  async function archive(files: Record<string, string>, link?: [string, string]) {
    const cwd = await tempDir();
    for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
    if (link) await symlink(link[1], join(cwd, link[0]));
    const file = join(await tempDir(), "made.tar.gz");
    const names = [...Object.keys(files), ...(link ? [link[0]] : [])];
    await create({ cwd, file, gzip: true }, names);
    return file;
  }

  const hash = "0".repeat(64);
  it.each<[string, () => Promise<string>, RegExp]>([
    [
      "no archive",
      async () => {
        const file = join(await tempDir(), "x");
        await writeFile(file, "hello");
        return file;
      },
      /no whole backup/,
    ],
    ["a missing file", async () => "/nonexistent/portico.tar.gz", /no whole backup/],
    ["no manifest", () => archive({ "portico.db": "x" }), /no manifest/],
    ["no database", () => archive({ "manifest.json": manifest({}) }), /no database/],
    [
      "another database than its manifest says",
      () =>
        archive({
          "manifest.json": manifest({ "portico.db": { sha256: hash, bytes: 1 } }),
          "portico.db": "x",
        }),
      /not what its manifest says/,
    ],
    [
      "a file that does not belong",
      () => archive({ "cron.d": "* * * * * root id" }),
      /it holds cron\.d/,
    ],
    [
      "a link in place of the database",
      () => archive({ "manifest.json": manifest({}) }, ["portico.db", "/etc/shadow"]),
      /it holds portico\.db/,
    ],
  ])("%s", async (_name, make, message) => {
    const { dataDir, db } = await installation();
    const before = await everything(db);
    await expect(restoreBackup({ dataDir, file: await make(), now })).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringMatching(message) as string,
    });
    expect(await everything(db)).toEqual(before);
    expect((await readdir(dataDir)).filter((name) => /restore/.test(name))).toEqual([]);
  });
});
