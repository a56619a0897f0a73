import { describe, expect, it } from "vitest";
import { onSessionEnded } from "@/lib/auth/session-events";
import { parseInput } from "@/lib/model/parse-input";
import { makeWorld, type World } from "@/lib/services/testing/world";
import { getSettings } from "./get-settings";
import { setSetting, setSettingSchema } from "./set-setting";

const everyone = { key: "requireSecondFactor", value: "everyone" } as const;
const admins = { key: "requireSecondFactor", value: "admins" } as const;

async function withOwnFactor(world: World) {
  const { userId } = world.admin.actor;
  await world.db.user.update({ where: { id: userId }, data: { totpConfirmedAt: new Date() } });
}

describe("the installation's settings", () => {
  it("have defaults, and keep what an administrator sets, who is written down", async () => {
    const world = await makeWorld();
    await withOwnFactor(world);
    expect(await getSettings(world.admin)).toEqual({ requireSecondFactor: "nobody" });
    await setSetting(world.admin, admins);
    await setSetting(world.admin, everyone);
    expect(await getSettings(world.auditor)).toEqual({ requireSecondFactor: "everyone" });
    const rows = await world.db.auditEvent.findMany({ where: { action: "setting.change" } });
    expect(rows.map((row) => JSON.parse(row.detail))).toContainEqual({
      before: "admins",
      after: "everyone",
    });
  });

  it.each(["owner", "auditor"] as const)("are not the %s's to change", async (role) => {
    const world = await makeWorld();
    await expect(setSetting(world[role], everyone)).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    expect(await world.db.setting.count()).toBe(0);
  });

  it("are not shown to a project's owner", async () => {
    const world = await makeWorld();
    await expect(getSettings(world.owner)).rejects.toMatchObject({ code: "auth.forbidden" });
  });

  it("take a recent proof to change", async () => {
    const world = await makeWorld();
    await withOwnFactor(world);
    await world.db.session.updateMany({ data: { provedAt: null } });
    await expect(setSetting(world.admin, everyone)).rejects.toMatchObject({
      userMessage: { key: "auth.prove_again" },
    });
    expect(await world.db.setting.count()).toBe(0);
  });

  it("cannot lock out who sets them", async () => {
    const world = await makeWorld();
    await expect(setSetting(world.admin, admins)).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "auth.factor_first" },
    });
    expect(await world.db.setting.count()).toBe(0);
  });

  it("cut the streams of who must now enrol, and nobody else's", async () => {
    const world = await makeWorld();
    await withOwnFactor(world);
    const cut: string[] = [];
    const stop = onSessionEnded((id) => cut.push(id));
    await setSetting(world.admin, admins);
    expect(cut).toEqual([world.auditor.actor.sessionId]);
    stop();
  });

  it.each([
    { key: "requireSecondFactor", value: "some" },
    { key: "isAdmin", value: "everyone" },
    { key: "__proto__", value: "everyone" },
  ])("refuse what the registry does not know: %j", (input) => {
    expect(() => parseInput(setSettingSchema, input)).toThrow(/invalid input/);
  });
});
