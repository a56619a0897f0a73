import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Db, openDb } from "./client";
import { newId } from "./id";
import { migrate } from "./migrate";
import { tempDb, tempDir } from "./testing/temp-db";

async function project(db: Db, slug: string) {
  return db.project.create({ data: { id: newId(), slug, name: slug } });
}

/** Adds `count` audit rows from another process, each in a transaction that reads first. */
function writeElsewhere(url: string, name: string, count: number): Promise<number | null> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(import.meta.dirname, "testing", "writer.ts"), url, name, `${count}`],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return new Promise((resolve) => child.once("exit", resolve));
}

describe("the database", () => {
  it("lets 50 parallel transactions that read and then write wait for each other", async () => {
    const db = await tempDb();
    const { id } = await project(db, "counter");
    const grow = () =>
      db.$transaction(async (tx) => {
        const { name } = await tx.project.findUniqueOrThrow({ where: { id } });
        await tx.project.update({ where: { id }, data: { name: `${name}.` } });
      });
    await Promise.all(Array.from({ length: 50 }, grow));
    const after = await db.project.findUniqueOrThrow({ where: { id } });
    expect(after.name).toBe(`counter${".".repeat(50)}`);
  });

  it("loses no write when other processes write at the same time", async () => {
    const folder = await tempDir();
    const url = `file:${join(folder, "portico.db")}`;
    await migrate(url);
    const others = ["a", "b"].map((name) => writeElsewhere(url, name, 50));
    const db = openDb(url);
    await Promise.all(Array.from({ length: 50 }, (_, index) => project(db, `own-${index}`)));
    expect(await Promise.all(others)).toEqual([0, 0]);
    expect(await db.project.count()).toBe(150);
    await db.$disconnect();
  });

  it("opens no file for a transaction, so that a thousand of them leak none", async () => {
    const db = await tempDb();
    await project(db, "first");
    const before = readdirSync("/proc/self/fd").length;
    for (let index = 0; index < 100; index++) {
      await db.$transaction([db.project.count(), db.project.count()]);
    }
    expect(readdirSync("/proc/self/fd").length).toBeLessThan(before + 5);
  });

  it("undoes a transaction that throws, and goes on", async () => {
    const db = await tempDb();
    const failing = db.$transaction(async (tx) => {
      await tx.project.create({ data: { id: newId(), slug: "gone", name: "gone" } });
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    expect(await db.project.count()).toBe(0);
    await project(db, "next");
    expect(await db.project.count()).toBe(1);
  });

  it("names the fields of a duplicate, and refuses a child without its parent", async () => {
    const db = await tempDb();
    await project(db, "one");
    await expect(project(db, "one")).rejects.toMatchObject({ code: "P2002" });
    const orphan = db.membership.create({
      data: { projectId: "none", userId: "none", role: "viewer" },
    });
    await expect(orphan).rejects.toMatchObject({ code: "P2003" });
  });

  it("gives back booleans, numbers, counts and sums as such", async () => {
    const db = await tempDb();
    const user = { id: newId(), email: "a@example.org", name: "A", isAdmin: true };
    await db.user.create({ data: user });
    expect(await db.user.findFirst()).toMatchObject({ ...user, disabledAt: null });
    expect(await db.user.count({ where: { isAdmin: true, disabledAt: null } })).toBe(1);
    await db.task.create({
      data: {
        id: newId(),
        kind: "k",
        input: "{}",
        targetName: "t",
        actorId: user.id,
        actorName: "A",
        progressPercent: 40,
        steps: { create: [{ position: 1, name: "one" }] },
      },
    });
    expect(await db.task.findFirst({ include: { steps: true } })).toMatchObject({
      progressPercent: 40,
      cancelRequested: false,
      steps: [{ position: 1 }],
    });
    const sum = await db.task.aggregate({ _sum: { progressPercent: true } });
    expect(sum._sum.progressPercent).toBe(40);
  });

  it("keeps bytes beyond 2^53 and times to the millisecond", async () => {
    const db = await tempDb();
    const { id: projectId } = await project(db, "sizes");
    const createdAt = new Date("2030-01-02T03:04:05.678Z");
    const sizeBytes = 9_007_199_254_740_993n;
    await db.image.create({
      data: {
        id: newId(),
        projectId,
        name: "big",
        state: "ready",
        sizeBytes,
        uploadedById: "u",
        uploadedBy: "u",
        createdAt,
      },
    });
    const image = await db.image.findFirstOrThrow();
    expect(image.sizeBytes).toBe(sizeBytes);
    expect(image.createdAt).toEqual(createdAt);
  });
});
