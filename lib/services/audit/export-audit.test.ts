import { describe, expect, it } from "vitest";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { makeWorld, type World } from "../testing/world";
import { type ExportAuditInput, exportAudit } from "./export-audit";

async function read(ctx: Context, input: ExportAuditInput): Promise<string> {
  return new Response(await exportAudit(ctx, input)).text();
}

async function write(world: World, names: string[], projectId = world.project): Promise<void> {
  await world.db.$transaction(async (tx) => {
    for (const targetName of names) {
      await writeAudit(
        { ...world.member, db: tx },
        { action: "vm.start", outcome: "ok", projectId, targetType: "vm", targetName },
      );
    }
  });
}

describe("the exported log", () => {
  it("is CSV that no spreadsheet takes for a formula", async () => {
    const world = await makeWorld();
    const bad = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"];
    await write(world, [...bad, 'a "b", c', "two\nlines", "a\r=1", "é😀"]);
    const text = await read(world.admin, { format: "csv" });
    expect(text.charCodeAt(0)).toBe("s".charCodeAt(0));
    expect(text.split("\r\n")[0]).toBe(
      "seq,at,actor_id,actor,token_id,ip,action,outcome,project_id,project,target_type,target_id," +
        "target,request_id,detail,hash",
    );
    expect(text.endsWith("\r\n")).toBe(true);
    for (const name of bad) {
      expect(text).toContain(`'${name}`);
      expect(text).not.toContain(`,${name}`);
      expect(text).not.toContain(`,"${name}`);
    }
    expect(text).toContain('"a ""b"", c"');
    expect(text).toContain('"two\nlines"');
    expect(text).toContain('"a\r=1"');
    expect(text).toContain("é😀");
  });

  it("is JSON with the rows that a page shows", async () => {
    const world = await makeWorld();
    await write(world, ["web", "db"]);
    const rows: unknown = JSON.parse(await read(world.owner, input(world, "json")));
    expect(rows).toMatchObject([
      { action: "audit.export", actor: { name: "owner" }, detail: { format: "json" } },
      { seq: 2, target: { name: "db" } },
      { seq: 1, target: { name: "web" } },
    ]);
    const none = { ...input(world, "json"), until: new Date(0) };
    expect(JSON.parse(await read(world.owner, none))).toEqual([]);
  });

  it("is of one project for its owner: no row of another tenant's", async () => {
    const world = await makeWorld();
    await write(world, ["ours"]);
    await write(world, ["theirs"], world.otherProject);
    for (const format of ["csv", "json"] as const) {
      expect(await read(world.owner, input(world, format))).toContain("ours");
      expect(await read(world.owner, input(world, format))).not.toContain("theirs");
    }
    await expect(read(world.outsider, input(world, "csv"))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(read(world.owner, { format: "csv" })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    await expect(read(world.viewer, input(world, "csv"))).rejects.toMatchObject({
      code: "auth.forbidden",
    });
  });

  it("is itself in the log, with what was asked for", async () => {
    const world = await makeWorld();
    await read(world.owner, { ...input(world, "csv"), action: "vm.start", from: new Date(0) });
    const row = await world.db.auditEvent.findFirstOrThrow();
    expect(row).toMatchObject({ action: "audit.export", projectId: world.project, outcome: "ok" });
    expect(JSON.parse(row.detail)).toEqual({
      format: "csv",
      action: "vm.start",
      from: "1970-01-01T00:00:00.000Z",
    });
  });

  it("comes whole, a page at a time", async () => {
    const world = await makeWorld();
    await write(
      world,
      Array.from({ length: 1_100 }, (_, index) => `vm${index}.`),
    );
    const stream = await exportAudit(world.admin, { format: "csv", projectId: world.project });
    const chunks = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk).toString());
    expect(chunks.length).toBeGreaterThan(3);
    const lines = chunks.join("").trim().split("\r\n").slice(1);
    expect(lines.map((line) => Number(line.split(",")[0]))).toEqual(
      Array.from({ length: 1_101 }, (_, index) => 1_101 - index),
    );
  });

  it("breaks off when the right to it goes", async () => {
    const world = await makeWorld();
    await write(
      world,
      Array.from({ length: 600 }, () => "web"),
    );
    const reader = (await exportAudit(world.owner, input(world, "csv"))).getReader();
    await reader.read();
    await reader.read();
    await world.db.membership.deleteMany({ where: { userId: world.owner.actor.userId } });
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toMatchObject({ code: "not_found" });
  });

  it("runs twice at a time for one person, and no oftener", async () => {
    const world = await makeWorld();
    const first = await exportAudit(world.owner, input(world, "csv"));
    const second = await exportAudit(world.owner, input(world, "csv"));
    await expect(exportAudit(world.owner, input(world, "csv"))).rejects.toMatchObject({
      code: "rate.limited",
    });
    await read(world.admin, { format: "csv" });
    await first.cancel();
    await new Response(second).text();
    await read(world.owner, input(world, "csv"));
    await read(world.owner, input(world, "csv"));
  });
});

function input(world: World, format: "csv" | "json"): ExportAuditInput {
  return { format, projectId: world.project };
}
