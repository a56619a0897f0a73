import { join } from "node:path";
import { expect, it } from "vitest";
import { openDb, versionOf } from "./client";
import { newId } from "./id";
import { migrate } from "./migrate";
import { tempDb, tempDir } from "./testing/temp-db";

const project = () => {
  const id = newId();
  return { data: { id, slug: id, name: id } };
};

it("a version stays while one reads, and is another one after every change of ours", async () => {
  const db = await tempDb();
  await db.project.create(project());
  const first = await versionOf(db);
  await db.project.findMany({ include: { memberships: true } });
  expect(await versionOf(db)).toBe(first);
  const seen = [first];
  const look = async () => {
    const version = await versionOf(db);
    expect(seen).not.toContain(version);
    seen.push(version);
  };
  const { id } = await db.project.create(project());
  await look();
  await db.project.updateMany({ where: { id }, data: { name: "other" } });
  await look();
  await db.$executeRaw`DELETE FROM "Project" WHERE "id" = ${id}`;
  await look();
  await db.$transaction(async (tx) => {
    await tx.project.create(project());
    await look();
  });
  // What was read in mid-transaction is not what holds after it.
  await look();
});

it("a change by another connection makes another version", async () => {
  const url = `file:${join(await tempDir(), "portico.db")}`;
  await migrate(url);
  const [ours, theirs] = [openDb(url), openDb(url)];
  try {
    await ours.project.count();
    const first = await versionOf(ours);
    await theirs.project.create(project());
    await expect.poll(() => versionOf(ours)).not.toBe(first);
  } finally {
    await Promise.all([ours.$disconnect(), theirs.$disconnect()]);
  }
});

it("before the first query nothing is promised; a part of a database has none", async () => {
  const db = await tempDb();
  expect(await versionOf(db)).not.toBe(await versionOf(db));
  await db.$transaction(async (tx) => {
    expect(() => versionOf(tx as typeof db)).toThrow("only a whole database");
  });
});
