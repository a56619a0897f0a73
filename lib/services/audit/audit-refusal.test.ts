import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { AppError, notFound } from "@/lib/model/errors";
import { parseInput } from "@/lib/model/parse-input";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";
import { makeWorld, type World } from "../testing/world";
import type { Visitor } from "../user/visitor";
import { auditRefusal, flushRefusals } from "./audit-refusal";

const limited = () => new AppError({ code: "rate.limited", message: "too many" });
const required = () => new AppError({ code: "auth.required", message: "no session" });

function stranger({ db }: World, ip: string): Visitor {
  const clock = () => new Date();
  return { db, mail: null, clock, requestId: "r", ip, userAgent: "", cookie: null };
}

function forbidden(ctx: Context, projectId: string): unknown {
  try {
    assertCan(ctx.actor, "vm.power", projectId);
    return null;
  } catch (error) {
    return error;
  }
}

async function rowsOf(world: World) {
  const rows = await world.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }));
}

describe("a refused access", () => {
  it("says who wanted what, where, from where and why not", async () => {
    const world = await makeWorld();
    const error = forbidden(world.viewer, world.project);
    await auditRefusal(world.viewer, error, "action");
    expect(await rowsOf(world)).toMatchObject([
      {
        action: "access.refuse",
        outcome: "refused",
        actorId: world.viewer.actor.userId,
        ip: "127.0.0.1",
        requestId: world.viewer.requestId,
        projectId: world.project,
        detail: { door: "action", code: "auth.forbidden", permission: "vm.power" },
      },
    ]);
  });

  it("is no refusal when something else went wrong, or a session had ended at a page", async () => {
    const world = await makeWorld();
    await auditRefusal(world.viewer, new Error("a bug"), "action");
    await auditRefusal(world.viewer, new AppError({ code: "vm.bad_state", message: "" }), "api");
    await auditRefusal(stranger(world, "192.0.2.1"), required(), "page");
    expect(await rowsOf(world)).toEqual([]);
    await auditRefusal(stranger(world, "192.0.2.1"), required(), "api");
    expect(await rowsOf(world)).toMatchObject([{ actorId: null, ip: "192.0.2.1" }]);
  });

  it("V16.3.3: is input of a shape that no page sends, by its names and without its values", async () => {
    const world = await makeWorld();
    const schema = z.strictObject({ name: z.string().max(4) });
    const refuse = async (input: unknown) => {
      try {
        parseInput(schema, input);
      } catch (error) {
        await auditRefusal(world.viewer, error, "action");
      }
    };
    await refuse({ name: "too long" });
    expect(await rowsOf(world)).toEqual([]);
    await refuse({ name: "a", ownerId: "canary" });
    const rows = await rowsOf(world);
    expect(rows).toMatchObject([
      { actorId: world.viewer.actor.userId, detail: { code: "input.invalid", door: "action" } },
    ]);
    expect(rows[0]?.detail.reason).toBe("invalid input: ownerId");
    expect(JSON.stringify(rows)).not.toContain("canary");
  });

  it("that is repeated makes two rows, and none of them is lost", async () => {
    const world = await makeWorld();
    for (let index = 0; index < 100; index++) {
      await auditRefusal(world.viewer, notFound(`vm ${index}`), "api");
    }
    expect(await rowsOf(world)).toHaveLength(1);
    await flushRefusals(world.db);
    const [first, later] = await rowsOf(world);
    expect(first?.detail).toEqual({ door: "api", code: "not_found", reason: "vm 0 not found" });
    expect(later?.detail).toMatchObject({ repeated: 99, reason: "vm 99 not found" });
    expect(later?.actorId).toBe(world.viewer.actor.userId);
    await flushRefusals(world.db);
    expect(await rowsOf(world)).toHaveLength(2);
  });

  it("is counted apart by person, token, door and code, and by network of strangers", async () => {
    const world = await makeWorld();
    const token = { id: "t", name: "ci", scopes: [], projectId: null };
    const program = { ...world.viewer, actor: { ...world.viewer.actor, token } };
    await auditRefusal(world.viewer, limited(), "api");
    await auditRefusal(world.owner, limited(), "api");
    await auditRefusal(program, limited(), "api");
    await auditRefusal(world.viewer, notFound("x"), "api");
    await auditRefusal(world.viewer, limited(), "upload");
    await auditRefusal(stranger(world, "2001:db8::1"), limited(), "sign_in");
    await auditRefusal(stranger(world, "2001:db8::2"), limited(), "sign_in");
    await auditRefusal(stranger(world, "2001:db8:1::1"), limited(), "sign_in");
    const rows = await rowsOf(world);
    expect(rows).toHaveLength(7);
    expect(rows.map((row) => row.tokenId).filter(Boolean)).toEqual(["t"]);
  });

  it("from thousands of networks makes some hundred rows", async () => {
    const world = await makeWorld();
    for (let index = 0; index < 2_000; index++) {
      const ip = `10.${index >> 8}.${index & 255}.1`;
      await auditRefusal(stranger(world, ip), required(), "api");
    }
    await flushRefusals(world.db);
    const rows = await rowsOf(world);
    expect(rows).toHaveLength(502);
    expect(rows.slice(500)).toMatchObject([
      { ip: "several", actorName: "" },
      { ip: "several", detail: { repeated: 1_499 } },
    ]);
  });

  it("is written again after a minute", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const world = await makeWorld();
      await auditRefusal(world.viewer, limited(), "api");
      await auditRefusal(world.viewer, limited(), "api");
      vi.advanceTimersByTime(60_000);
      await expect.poll(async () => (await rowsOf(world)).length).toBe(2);
      await auditRefusal(world.viewer, limited(), "api");
      expect(await rowsOf(world)).toHaveLength(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is still refused when the log cannot be written", async () => {
    const world = await makeWorld();
    await world.db.$executeRawUnsafe("DROP TABLE AuditHead");
    await auditRefusal(world.viewer, limited(), "api");
  });
});
