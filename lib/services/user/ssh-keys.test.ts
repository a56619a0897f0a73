import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/id";
import { makeWorld } from "../testing/world";
import { addSshKey } from "./add-ssh-key";
import { listSshKeys } from "./list-ssh-keys";
import { removeSshKey } from "./remove-ssh-key";

const dir = mkdtempSync(join(tmpdir(), "portico-ssh-"));
const file = join(dir, "key");
let publicKey = "";

beforeAll(() => {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "ada@laptop", "-f", file]);
  publicKey = readFileSync(`${file}.pub`, "utf8");
});

afterAll(() => rmSync(dir, { recursive: true }));

describe("SSH keys", () => {
  it("have the fingerprint that ssh-keygen prints, and their comment as name", async () => {
    const { viewer } = await makeWorld();
    await addSshKey(viewer, { publicKey });
    const [key] = await listSshKeys(viewer);
    const printed = execFileSync("ssh-keygen", ["-lf", `${file}.pub`], { encoding: "utf8" });
    expect(printed).toContain(` ${key?.fingerprint} `);
    expect(key).toMatchObject({ name: "ada@laptop", type: "ssh-ed25519" });
    expect(key?.publicKey).not.toContain("ada");
  });

  it("belong to one person: others neither see nor remove them", async () => {
    const { viewer, admin, outsider, db } = await makeWorld();
    const { id } = await addSshKey(viewer, { publicKey });
    expect(await listSshKeys(admin)).toEqual([]);
    for (const other of [admin, outsider]) {
      await expect(removeSshKey(other, { id })).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await db.sshKey.count()).toBe(1);
    await addSshKey(outsider, { publicKey });
    await removeSshKey(viewer, { id });
    expect(await listSshKeys(viewer)).toEqual([]);
    expect(await db.auditEvent.findMany({ where: { action: "ssh_key.remove" } })).toMatchObject([
      { outcome: "ok", targetName: "ada@laptop" },
    ]);
  });

  it("one key is there once, and 50 at most, also when many come at the same time", async () => {
    const { member, db } = await makeWorld();
    const userId = member.actor.userId;
    await db.sshKey.createMany({
      data: Array.from({ length: 49 }, (_, index) => ({
        id: newId(),
        userId,
        name: "n",
        publicKey: "k",
        fingerprint: `f${index}`,
      })),
    });
    const results = await Promise.allSettled([
      addSshKey(member, { publicKey }),
      addSshKey(member, { publicKey }),
    ]);
    expect(results.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
    await db.sshKey.deleteMany({ where: { userId, publicKey: { not: "k" } } });
    await db.sshKey.create({
      data: { id: newId(), userId, name: "n", publicKey: "k", fingerprint: "f" },
    });
    await expect(addSshKey(member, { publicKey })).rejects.toMatchObject({ code: "conflict.rule" });
  });

  it("a private key is refused, and nothing of it stays anywhere", async () => {
    const { member, db } = await makeWorld();
    const text = readFileSync(file, "utf8");
    const refused = await addSshKey(member, { publicKey: text }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ fields: { publicKey: { key: "field.ssh_key.private" } } });
    const canary = text.split("\n")[1] ?? "";
    expect(`${JSON.stringify(refused)} ${String(refused)}`).not.toContain(canary);
    expect(await db.sshKey.count()).toBe(0);
    expect(await db.auditEvent.count()).toBe(0);
  });

  it("are not for API tokens", async () => {
    const { member } = await makeWorld();
    const token = { id: "t", name: "t", scopes: ["read", "admin.write"] as const, projectId: null };
    const program = { ...member, actor: { ...member.actor, token } };
    for (const call of [addSshKey(program, { publicKey }), listSshKeys(program)]) {
      await expect(call).rejects.toMatchObject({ code: "auth.forbidden" });
    }
  });
});
