import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { startHosts, stopHosts } from "@/lib/hypervisor/hosts";
import { AppError } from "@/lib/model/errors";
import { once } from "@/lib/runtime/once";
import { signIn } from "@/lib/services/user/sign-in";
import { cookieOf, goodPassword, person, visitor } from "@/lib/services/user/testing/people";
import { action, publicAction } from "./action";

// Next's request scope exists in its own server only; everything else here is real.
let sent = new Headers();
vi.mock("next/headers", () => ({ headers: async () => sent }));

const host = "portal.example";
const origin = `http://${host}`;
const schema = z.object({ name: z.string().min(1, "field.name.required") });

let cookie = "";
let calls: { userId: string | null; input: unknown }[] = [];

const protectedAction = action(schema, async (ctx, input) => {
  calls.push({ userId: ctx.actor.userId, input });
  if (input.name === "taken") throw new AppError({ code: "conflict.exists", message: "taken" });
  if (input.name === "bug") throw new Error("a bug with a secret path");
  return input.name.length;
});

const openAction = publicAction(schema, async (input) => {
  calls.push({ userId: null, input });
});

beforeEach(async () => {
  const store = globalThis as unknown as { __portico?: Map<string, unknown> };
  store.__portico?.delete("db");
  const own = await tempDb();
  once("db", () => own);
  startHosts([], { virtTypeSetting: "qemu", consoleDir: null });
  await person(own);
  const signedIn = await signIn(
    { ...visitor(own), clock: () => new Date() },
    { email: "ada@example.org", password: goodPassword },
  );
  cookie = await cookieOf(signedIn);
  calls = [];
  sent = new Headers({ host, origin, cookie });
});

afterEach(stopHosts);

describe("an action", () => {
  it("gives the use case the actor and what the schema names, nothing else", async () => {
    const smuggled = { name: "four", ownerId: "me", isAdmin: true };
    expect(await protectedAction(smuggled)).toEqual({ ok: true, value: 4 });
    expect(calls).toEqual([{ userId: expect.any(String), input: { name: "four" } }]);
  });

  it.each([
    ["another origin", { origin: "http://evil.example" }],
    ["no Origin (which Next itself lets pass)", { origin: null }],
    ["Origin null", { origin: "null" }],
    [
      "X-Forwarded-Host of the attacker's",
      { origin: "http://evil.example", "x-forwarded-host": "evil.example" },
    ],
  ])("CSRF: a request with %s and the victim's cookie does nothing", async (_what, changed) => {
    for (const [name, value] of Object.entries(changed)) {
      if (value === null) sent.delete(name);
      else sent.set(name, value);
    }
    expect(await protectedAction({ name: "x" })).toMatchObject({
      ok: false,
      error: { code: "auth.forbidden", message: { key: "auth.origin" } },
    });
    expect(await openAction({ name: "x" })).toMatchObject({ error: { code: "auth.forbidden" } });
    expect(calls).toEqual([]);
    const rows = await db().auditEvent.findMany({ where: { action: "access.refuse" } });
    expect(rows).toMatchObject([{ outcome: "refused", actorName: "Ada", seq: 2 }]);
    expect(rows[0]?.detail).toContain('"code":"auth.forbidden"');
  });

  it("a stranger learns that he must sign in, and nothing about fields", async () => {
    sent.delete("cookie");
    const answer = await protectedAction({ name: "" });
    expect(answer).toMatchObject({ ok: false, error: { code: "auth.required", fields: {} } });
    expect(calls).toEqual([]);
  });

  it("names the fields that are wrong", async () => {
    expect(await protectedAction({ name: "" })).toMatchObject({
      ok: false,
      error: { code: "input.invalid", fields: { name: { key: "field.name.required" } } },
    });
  });

  it.each([null, undefined, 7, "text", [], { name: { $ne: "" } }])(
    "takes %j for invalid input, not for a crash",
    async (input) => {
      const answer = await protectedAction(input as unknown as { name: string });
      expect(answer).toMatchObject({ ok: false, error: { code: "input.invalid" } });
    },
  );

  it("returns an expected failure and throws a bug", async () => {
    expect(await protectedAction({ name: "taken" })).toMatchObject({
      ok: false,
      error: { code: "conflict.exists" },
    });
    await expect(protectedAction({ name: "bug" })).rejects.toThrow("a bug");
  });
});

describe("a public action", () => {
  it("needs nobody signed in", async () => {
    sent.delete("cookie");
    expect(await openAction({ name: "x" })).toMatchObject({ ok: true });
  });
});
