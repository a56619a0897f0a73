import { describe, expect, it } from "vitest";
import { auditFilterSchema, listAuditSchema } from "@/lib/model/audit";
import { type AuditEntry, writeAudit } from "../audit";
import type { Context } from "../context";
import { addVm, makeWorld, type World } from "../testing/world";
import { listAudit } from "./list-audit";

/** A log with rows of both projects and of the installation. */
async function scene() {
  const world = await makeWorld();
  const vm = await addVm(world, { name: "web" });
  const write = (ctx: Context, entry: Partial<AuditEntry>, ip = "192.0.2.1") =>
    writeAudit(
      { ...ctx, actor: { ...ctx.actor, ip } },
      { action: "vm.start", outcome: "ok", projectId: world.project, ...entry },
    );
  await write(world.member, { targetType: "vm", targetId: vm.id, targetName: "web" });
  await write(world.admin, { action: "vm.reset", outcome: "failed" }, "198.51.100.7");
  await write(world.outsider, { projectId: world.otherProject, targetName: "theirs" });
  await write(world.member, { action: "session.sign_in", projectId: null });
  await write(world.viewer, { action: "access.refuse", outcome: "refused" }, "192.0.2.2");
  return { world, vm };
}

async function seen(ctx: Context, input: Record<string, unknown>): Promise<number[]> {
  const page = await listAudit(ctx, listAuditSchema.parse(input));
  return page.rows.map((row) => row.seq);
}

describe("who reads the audit log", () => {
  it("all of it: administrators and auditors, newest first", async () => {
    const { world } = await scene();
    expect(await seen(world.admin, {})).toEqual([5, 4, 3, 2, 1]);
    expect(await seen(world.auditor, {})).toEqual([5, 4, 3, 2, 1]);
    expect(await seen(world.auditor, { projectId: world.otherProject })).toEqual([3]);
  });

  it("a project's: its owner, and of others' not a row", async () => {
    const { world } = await scene();
    const { project: projectId, otherProject } = world;
    expect(await seen(world.owner, { projectId })).toEqual([5, 2, 1]);
    expect(await seen(world.outsider, { projectId: otherProject })).toEqual([3]);
    await expect(seen(world.outsider, { projectId })).rejects.toMatchObject({ code: "not_found" });
    for (const everywhere of [{}, { projectId: "" }, { actorId: world.owner.actor.userId }]) {
      await expect(seen(world.owner, everywhere)).rejects.toMatchObject({
        code: "auth.forbidden",
      });
    }
  });

  it("members and viewers do not", async () => {
    const { world } = await scene();
    for (const ctx of [world.member, world.viewer]) {
      await expect(seen(ctx, { projectId: world.project })).rejects.toMatchObject({
        code: "auth.forbidden",
      });
    }
  });

  it("a token with the scope for it, as far as its user may", async () => {
    const { world } = await scene();
    const withToken = (ctx: Context, scopes: ("read" | "vm.write")[]): Context => ({
      ...ctx,
      actor: { ...ctx.actor, token: { id: "t", name: "ci", projectId: null, scopes } },
    });
    const projectId = world.project;
    expect(await seen(withToken(world.owner, ["read"]), { projectId })).toEqual([5, 2, 1]);
    await expect(seen(withToken(world.owner, ["vm.write"]), { projectId })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
  });

  it("an owner sees the addresses of members, and can find no other by searching", async () => {
    const { world } = await scene();
    const projectId = world.project;
    const page = await listAudit(world.owner, listAuditSchema.parse({ projectId }));
    expect(page.rows.map((row) => [row.actor.name, row.ip])).toEqual([
      ["viewer", "192.0.2.2"],
      ["admin", null],
      ["member", "192.0.2.1"],
    ]);
    expect(await seen(world.owner, { projectId, search: "198.51" })).toEqual([]);
    expect(await seen(world.admin, { projectId, search: "198.51" })).toEqual([2]);
  });
});

describe("what is looked for", () => {
  it.each<[string, (world: World, vmId: string) => Record<string, unknown>, number[]]>([
    ["an action", () => ({ action: "vm.start" }), [3, 1]],
    ["all of one kind", () => ({ action: "vm." }), [3, 2, 1]],
    ["an outcome", () => ({ outcome: "refused" }), [5]],
    ["a person", ({ member }) => ({ actorId: member.actor.userId }), [4, 1]],
    ["an object", (_world, targetId) => ({ targetId }), [1]],
    ["a request", ({ member }) => ({ requestId: member.requestId }), [4, 1]],
    ["part of a name", () => ({ search: "THEIR" }), [3]],
    ["several at once", ({ project }) => ({ projectId: project, outcome: "ok" }), [1]],
    ["what is not there", () => ({ search: "nothing of the kind" }), []],
    ["the future", () => ({ from: "2999-01-01T00:00:00Z" }), []],
    ["the past", () => ({ until: "2000-01-01T00:00:00+01:00" }), []],
  ])("%s", async (_what, filter, expected) => {
    const { world, vm } = await scene();
    expect(await seen(world.admin, filter(world, vm.id))).toEqual(expected);
  });

  it.each([
    { from: "yesterday" },
    { action: "vm" },
    { action: "%.%" },
    { outcome: "good" },
    { search: "x".repeat(101) },
    { cursor: "-1" },
    { cursor: "1 OR 1" },
    { limit: 201 },
  ])("%j is no filter", (filter) => {
    expect(listAuditSchema.safeParse(filter).success).toBe(false);
  });

  it("an empty field of a form is no filter", () => {
    expect(auditFilterSchema.safeParse({ search: "", actorId: "" }).success).toBe(true);
  });

  it("shows what an object is called today, and whether it is still there", async () => {
    const { world, vm } = await scene();
    await world.db.vm.delete({ where: { id: vm.id } });
    const page = await listAudit(world.admin, listAuditSchema.parse({ targetId: vm.id }));
    expect(page.rows).toMatchObject([
      {
        project: { id: world.project, slug: "one", name: "one" },
        target: { type: "vm", id: vm.id, name: "web", exists: false },
      },
    ]);
  });
});

describe("pages", () => {
  it("go on where the last one ended, whatever is written meanwhile", async () => {
    const { world } = await scene();
    const first = await listAudit(world.admin, listAuditSchema.parse({ limit: 2 }));
    expect(first.rows.map((row) => row.seq)).toEqual([5, 4]);
    await writeAudit(world.admin, { action: "vm.start", outcome: "ok" });
    const second = await listAudit(
      world.admin,
      listAuditSchema.parse({ limit: 2, cursor: first.next }),
    );
    expect(second.rows.map((row) => row.seq)).toEqual([3, 2]);
    expect(await seen(world.admin, { limit: 2, cursor: second.next })).toEqual([1]);
  });

  it("keep rows of one instant in their order", async () => {
    const world = await makeWorld();
    const at = new Date("2030-01-01T00:00:00Z");
    const ctx = { ...world.admin, clock: () => at };
    for (let row = 0; row < 7; row++) await writeAudit(ctx, { action: "vm.start", outcome: "ok" });
    const found: number[] = [];
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page = await listAudit(world.admin, listAuditSchema.parse({ limit: 2, cursor }));
      found.push(...page.rows.map((row) => row.seq));
      cursor = page.next;
    }
    expect(found).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it("after a place that there is not are refused", async () => {
    const { world } = await scene();
    await expect(seen(world.admin, { cursor: "99" })).rejects.toMatchObject({
      code: "input.invalid",
    });
  });
});
