import { describe, expect, it } from "vitest";
import { newId } from "@/lib/db/id";
import type { Context } from "../context";
import { addImage, addKeptDisk, addVm, everything, makeWorld, type World } from "../testing/world";
import { createProject } from "./create-project";
import { deleteProject } from "./delete-project";
import { pageProjects } from "./page-projects";
import { renameProject } from "./rename-project";

const nobodyElse = ["viewer", "member", "owner", "auditor", "outsider"] as const;

async function audited(world: World, action: string) {
  return world.db.auditEvent.findFirstOrThrow({ where: { action } });
}

describe("making a project", () => {
  it("gives it an address from its name that nobody has, and writes it down", async () => {
    const world = await makeWorld();
    const made = [
      await createProject(world.admin, { name: "Büro & Co" }),
      await createProject(world.admin, { name: "buro co" }),
      await createProject(world.admin, { name: "测试" }),
      await createProject(world.admin, { name: "测试" }),
    ];
    expect(made.map((each) => each.slug)).toEqual(["buro-co", "buro-co-2", "project", "project-2"]);
    expect(await audited(world, "project.create")).toMatchObject({
      projectId: made[0]?.id,
      targetName: "Büro & Co",
      outcome: "ok",
    });
  });

  it.each(nobodyElse)("is not for a project's %s: nothing moves", async (role) => {
    const world = await makeWorld();
    const before = await everything(world.db);
    await expect(createProject(world[role], { name: "Mine" })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    expect(await everything(world.db)).toEqual(before);
  });
});

it("renaming keeps the address", async () => {
  const world = await makeWorld();
  await renameProject(world.owner, { projectId: world.project, name: "One and only" });
  expect(await world.db.project.findUniqueOrThrow({ where: { id: world.project } })).toMatchObject({
    name: "One and only",
    slug: "one",
  });
  expect(await audited(world, "project.rename")).toMatchObject({
    detail: JSON.stringify({ before: "one" }),
  });
});

describe("deleting a project", () => {
  const gone = (world: World) => world.db.project.count({ where: { id: world.project } });
  const remove = (world: World, ctx: Context, confirmName = "one") =>
    deleteProject(ctx, { projectId: world.project, confirmName });

  it("takes memberships, invitations, tokens and ended tasks along, and nobody else's", async () => {
    const world = await makeWorld();
    const { db, project: projectId } = world;
    const at = { expiresAt: new Date(Date.now() + 1000), createdAt: new Date() };
    const { userId } = world.owner.actor;
    const by = { invitedById: userId, invitedByName: "O" };
    for (const each of [projectId, world.otherProject]) {
      await db.invitation.create({
        data: {
          id: newId(),
          tokenHash: newId(),
          email: "a@b.example",
          projectId: each,
          ...by,
          ...at,
        },
      });
      const token = { tokenHash: newId(), hint: "h", name: "n", userId, scopes: "[]" };
      await db.apiToken.create({ data: { id: newId(), projectId: each, ...token, ...at } });
      await db.task.create({
        data: {
          id: newId(),
          projectId: each,
          kind: "vm.create",
          state: "done",
          input: "{}",
          targetName: "t",
          actorId: userId,
          actorName: "O",
        },
      });
    }
    await remove(world, world.admin);
    expect(await gone(world)).toBe(0);
    const left = { where: { projectId } };
    const kept = { where: { projectId: world.otherProject } };
    expect([
      await db.membership.count(left),
      await db.invitation.count(left),
      await db.apiToken.count(left),
      await db.task.count(left),
    ]).toEqual([0, 0, 0, 0]);
    expect([
      await db.membership.count(kept),
      await db.invitation.count(kept),
      await db.apiToken.count(kept),
      await db.task.count(kept),
    ]).toEqual([1, 1, 1, 1]);
    expect(await audited(world, "project.delete")).toMatchObject({ targetName: "one" });
  });

  it("says what is left while it is not empty", async () => {
    const world = await makeWorld();
    await addVm(world);
    await addVm(world);
    await addImage(world);
    await addKeptDisk(world);
    await expect(remove(world, world.admin)).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "project.not_empty", values: { vms: 2, images: 1, disks: 1, tasks: 0 } },
    });
    expect(await gone(world)).toBe(1);
  });

  it("wants its name", async () => {
    const world = await makeWorld();
    await expect(remove(world, world.admin, "two")).rejects.toMatchObject({
      code: "input.invalid",
      fields: { confirmName: { key: "field.confirm_project" } },
    });
    expect(await gone(world)).toBe(1);
  });

  it.each(nobodyElse)("is not for a project's %s: nothing moves", async (role) => {
    const world = await makeWorld();
    const before = await everything(world.db);
    const code = role === "outsider" ? "not_found" : "auth.forbidden";
    await expect(remove(world, world[role])).rejects.toMatchObject({ code });
    expect(await everything(world.db)).toEqual(before);
  });
});

describe("all projects", () => {
  const all = { search: "", cursor: null, limit: 50 };

  it("come by name, page by page, with what is in them", async () => {
    const world = await makeWorld();
    await addVm(world);
    for (const name of ["b", "a", "a"]) await createProject(world.admin, { name });
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await pageProjects(world.auditor, { ...all, cursor, limit: 2 });
      expect(page.total).toBe(5);
      names.push(...page.projects.map((each) => each.name));
      cursor = page.next;
    } while (cursor !== null);
    expect(names).toEqual(["a", "a", "b", "one", "two"]);
    const found = await pageProjects(world.admin, { ...all, search: "on" });
    expect(found.projects).toMatchObject([
      { slug: "one", members: 3, vms: 1, images: 0, owners: ["owner"] },
    ]);
    expect(found.total).toBe(1);
  });

  it.each(["viewer", "owner", "outsider"] as const)("are not for a project's %s", async (role) => {
    const world = await makeWorld();
    await expect(pageProjects(world[role], all)).rejects.toMatchObject({ code: "auth.forbidden" });
  });
});
