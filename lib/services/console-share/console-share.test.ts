import { expect, it } from "vitest";
import { visitCookie } from "@/lib/auth/visit-cookie";
import { type ConsoleSession, consoleSessions } from "@/lib/console/sessions";
import { createConsoleShareSchema, joinShareSchema, mostShares } from "@/lib/model/console-share";
import { removeMember } from "../project/remove-member";
import { liveVm } from "../testing/live-vm";
import { addVm, makeWorld, type World } from "../testing/world";
import { visitor } from "../user/testing/people";
import { createConsoleShare } from "./create-console-share";
import { joinSharedScreen } from "./join-shared-screen";
import { listConsoleShares } from "./list-console-shares";
import { openSharedScreen } from "./open-shared-screen";
import { readSharedScreen } from "./read-shared-screen";
import { revokeConsoleShare } from "./revoke-console-share";

type Wish = Partial<Parameters<typeof createConsoleShare>[1]>;

async function shared(wish: Wish = {}) {
  const world = await makeWorld();
  const vm = await addVm(world);
  world.host.set(liveVm(vm, { bootId: "boot" }));
  const share = (differs: Wish = wish, ctx = world.member) =>
    createConsoleShare(ctx, {
      vmId: vm.id,
      name: "support",
      minutes: 60,
      maxVisits: 1,
      ...differs,
    });
  const made = await share();
  return { world, vm, share, made, token: made.path.replace("/share#", "") };
}

const guestOf = (world: World, minutesFromNow = 0) => ({
  ...visitor(world.db, { clock: () => new Date(Date.now() + minutesFromNow * 60_000) }),
  hosts: world.member.hosts,
});

/** The visitor's browser, once it has kept the secret. */
async function joined(world: World, token: string, name = "Vera") {
  const { screen, secret } = await joinSharedScreen(guestOf(world), { token, name });
  const cookie = `${visitCookie(screen.shareId).name}=${secret}`;
  return { shareId: screen.shareId, browser: { ...guestOf(world), cookie } };
}

it("is a secret of 32 random bytes behind the #, of which nothing but the hash is stored", async () => {
  const { world, token, made } = await shared();
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  const { browser } = await joined(world, token);
  const rows = [
    await world.db.consoleShare.findMany(),
    await world.db.consoleVisit.findMany(),
    await world.db.auditEvent.findMany(),
    made.share,
  ];
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(JSON.stringify(rows)).not.toContain(browser.cookie.split("=")[1]);
  const { action, actorId, actorName } = await world.db.auditEvent.findFirstOrThrow({
    where: { action: "vm.join_shared_console" },
  });
  expect({ action, actorId, actorName }).toMatchObject({ actorId: null, actorName: "Vera" });
});

it("opens once in one browser, and there again and again until it is too old", async () => {
  const { world, token } = await shared();
  const { shareId, browser } = await joined(world, token);
  await expect(joined(world, token, "Second")).rejects.toMatchObject({ code: "not_found" });
  for (const _ of [1, 2]) {
    const { path, viewOnly } = await openSharedScreen(browser, { shareId });
    expect({ path, viewOnly }).toEqual({ path: "/share/console", viewOnly: true });
  }
  expect(await readSharedScreen(browser, { shareId })).toMatchObject({
    bootId: "boot",
    visitorName: "Vera",
    sharedByName: world.member.actor.name,
  });
  const tickets = await world.db.consoleTicket.findMany();
  expect(tickets.every((each) => each.viewOnly && each.userId.startsWith("visit:"))).toBe(true);
  const late = { ...browser, clock: () => new Date(Date.now() + 61 * 60_000) };
  await expect(openSharedScreen(late, { shareId })).rejects.toMatchObject({ code: "not_found" });
  const stranger = { ...browser, cookie: null };
  await expect(readSharedScreen(stranger, { shareId })).rejects.toMatchObject({
    code: "not_found",
  });
});

it("of many attempts at once to use up the last visit, one wins", async () => {
  const { world, token } = await shared({ maxVisits: 2 });
  const all = await Promise.allSettled(
    [1, 2, 3, 4, 5, 6].map((n) => joined(world, token, `V${n}`)),
  );
  expect(all.filter((each) => each.status === "fulfilled")).toHaveLength(2);
  expect(await world.db.consoleVisit.count()).toBe(2);
});

it("is listed with who watches; taking it back cuts them and closes it", async () => {
  const { world, vm, token, made } = await shared({ maxVisits: null });
  const { shareId, browser } = await joined(world, token);
  const cuts: string[] = [];
  const session = { id: "c", shareId, vmId: vm.id, userName: "Vera", via: "link", userId: "v" };
  const place = consoleSessions().enter(session as ConsoleSession, (close) =>
    cuts.push(close.reason),
  );
  expect(await listConsoleShares(world.owner, { vmId: vm.id })).toMatchObject([
    { id: made.share.id, name: "support", visitCount: 1, watching: ["Vera"] },
  ]);
  await revokeConsoleShare(world.owner, { vmId: vm.id, shareId });
  expect(cuts).toEqual(["closed.access_ended"]);
  if ("leave" in place) place.leave();
  await expect(openSharedScreen(browser, { shareId })).rejects.toMatchObject({ code: "not_found" });
  await expect(joined(world, token)).rejects.toMatchObject({ code: "not_found" });
  expect(await listConsoleShares(world.owner, { vmId: vm.id })).toEqual([]);
  const again = revokeConsoleShare(world.owner, { vmId: vm.id, shareId });
  await expect(again).rejects.toMatchObject({ code: "not_found" });
});

it("is worth nothing once its maker has left the project, used or not", async () => {
  const { world, token, share } = await shared({ maxVisits: null });
  const { shareId, browser } = await joined(world, token);
  const unused = (await share()).path.replace("/share#", "");
  const { userId } = world.member.actor;
  await removeMember(world.owner, { projectId: world.project, userId });
  await expect(openSharedScreen(browser, { shareId })).rejects.toMatchObject({ code: "not_found" });
  await expect(joined(world, unused)).rejects.toMatchObject({ code: "not_found" });
});

it("is not made by an administrator from outside, nor by who may not open the console", async () => {
  const { world, vm, share } = await shared();
  await expect(share({}, world.admin)).rejects.toMatchObject({
    userMessage: { key: "auth.members_only" },
  });
  await expect(share({}, world.viewer)).rejects.toMatchObject({ code: "auth.forbidden" });
  await expect(share({}, world.outsider)).rejects.toMatchObject({ code: "not_found" });
  for (let more = 1; more < mostShares; more += 1) await share();
  await expect(share()).rejects.toMatchObject({ code: "conflict.rule" });
  // One that has ended makes room.
  await world.db.consoleShare.updateMany({
    where: { vmId: vm.id },
    data: { expiresAt: new Date(0) },
  });
  await share();
  expect(await world.db.consoleShare.count({ where: { vmId: vm.id } })).toBe(1);
});

it("takes no names that could pass for something else", () => {
  const join = (name: string) => joinShareSchema.safeParse({ token: "x", name }).success;
  const make = (name: string) => createConsoleShareSchema.safeParse({ vmId: "x", name }).success;
  for (const name of ["", "   ", "a\nb", "a\u202eb", "a\u0000", "x".repeat(81)]) {
    expect([name, join(name), make(name)]).toEqual([name, false, false]);
  }
  expect([join("Zoë 李"), make("Zoë 李")]).toEqual([true, true]);
});
