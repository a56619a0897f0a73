import { expect, test } from "vitest";
import { Attempts, attemptLimits } from "./attempts";
import { consoleCloses } from "./closes";
import { type ConsoleSession, ConsoleSessions, consoleLimits } from "./sessions";

let made = 0;

function session(more: Partial<ConsoleSession> = {}): ConsoleSession {
  made += 1;
  return {
    id: `console-${made}`,
    vmId: "vm",
    vmName: "VM",
    projectId: "project",
    hostId: "local",
    uuid: "uuid",
    bootId: "boot",
    kind: "screen",
    userId: `user-${made}`,
    userName: "User",
    sessionId: `session-${made}`,
    viewOnly: false,
    via: "member",
    shareId: null,
    openedAt: new Date(),
    ...more,
  };
}

function enter(sessions: ConsoleSessions, one: ConsoleSession, cuts: string[] = []): () => void {
  const place = sessions.enter(one, ({ reason }) => cuts.push(`${one.id} ${reason}`));
  if ("noRoom" in place) throw new Error(`no room: ${place.noRoom}`);
  return place.leave;
}

test("a VM's places are given back when a viewer leaves", () => {
  const sessions = new ConsoleSessions();
  const leaves = Array.from({ length: consoleLimits.perVm }, () => enter(sessions, session()));
  expect(sessions.noRoomFor({ vmId: "vm", userId: "late", via: "member" })).toBe("vm");
  expect(sessions.noRoomFor({ vmId: "other", userId: "late", via: "member" })).toBeNull();
  leaves[0]?.();
  leaves[0]?.();
  expect(sessions.noRoomFor({ vmId: "vm", userId: "late", via: "member" })).toBeNull();
  expect(sessions.count()).toBe(consoleLimits.perVm - 1);
});

test("who opens a console hands it over to who ends it from then on", () => {
  const sessions = new ConsoleSessions();
  const cuts: string[] = [];
  const place = sessions.enter(session({ vmId: "one" }), () => cuts.push("attempt"));
  if ("noRoom" in place) throw new Error(place.noRoom);
  expect(sessions.cut({ vmId: "one" }, consoleCloses.accessEnded)).toBe(1);
  place.cutBy(({ reason }) => cuts.push(reason));
  expect(sessions.cut({ vmId: "one" }, consoleCloses.guestStopped)).toBe(1);
  expect(cuts).toEqual(["attempt", consoleCloses.guestStopped.reason]);
});

test("a user's places are counted over all VMs", () => {
  const sessions = new ConsoleSessions();
  for (let vm = 0; vm < consoleLimits.perUser; vm += 1) {
    enter(sessions, session({ userId: "one", vmId: `vm-${vm}` }));
  }
  expect(sessions.noRoomFor({ vmId: "another", userId: "one", via: "member" })).toBe("user");
  expect(sessions.noRoomFor({ vmId: "another", userId: "two", via: "member" })).toBeNull();
});

test("one has the keyboard until it gives it up, gives it on, or goes", () => {
  const sessions = new ConsoleSessions();
  const told: string[] = [];
  sessions.onChange(({ vmId }) => told.push(vmId));
  const [one, two] = [session(), session()];
  const leave = enter(sessions, one);
  enter(sessions, two);
  const serial = session({ kind: "serial" });
  const watcher = session({ viewOnly: true });
  enter(sessions, serial);
  enter(sessions, watcher);
  const muted = () => [one, two].map((each) => sessions.isMuted(each));
  expect(muted()).toEqual([false, false]);
  expect(sessions.setControl("vm", one.id)).toBe(true);
  expect(muted()).toEqual([false, true]);
  for (const none of [serial.id, watcher.id, "nobody"]) {
    expect(sessions.setControl("vm", none)).toBe(false);
  }
  expect(sessions.setControl("other", one.id)).toBe(false);
  expect(sessions.setControl("vm", two.id)).toBe(true);
  expect(muted()).toEqual([true, false]);
  expect(sessions.setControl("vm", null)).toBe(true);
  expect(muted()).toEqual([false, false]);
  sessions.setControl("vm", one.id);
  leave();
  expect(sessions.controlOf("vm")).toBeNull();
  // Four that came, three that changed hands, one that ended it, one that went with it.
  expect(told).toHaveLength(9);
});

test.each(["sessionId", "vmId", "userId"] as const)("cutting by %s spares the others", (name) => {
  const sessions = new ConsoleSessions();
  const cuts: string[] = [];
  const mine = session({ [name]: "wanted" });
  enter(sessions, mine, cuts);
  enter(sessions, session({ vmId: "other-vm" }), cuts);
  expect(sessions.cut({ [name]: "wanted" }, consoleCloses.accessEnded)).toBe(1);
  expect(cuts).toEqual([`${mine.id} closed.access_ended`]);
});

test("stopping ends all, takes no more, and waits for the last to leave", async () => {
  const sessions = new ConsoleSessions();
  const cuts: string[] = [];
  const leaves = [session(), session()].map((each) => enter(sessions, each, cuts));
  let stopped = false;
  const stop = sessions.stop(consoleCloses.portalGoingAway).then(() => {
    stopped = true;
  });
  expect(cuts).toHaveLength(2);
  expect(sessions.enter(session(), () => undefined)).toEqual({ noRoom: "stopping" });
  leaves[0]?.();
  await Promise.resolve();
  expect(stopped).toBe(false);
  leaves[1]?.();
  await stop;
  await expect(new ConsoleSessions().stop(consoleCloses.portalGoingAway)).resolves.toBeUndefined();
});

test("half-open attempts are limited for an address and in all, and counted back once", () => {
  const attempts = new Attempts();
  const ends = Array.from({ length: attemptLimits.perAddress }, () => attempts.begin("a"));
  expect(attempts.begin("a")).toBeNull();
  ends[0]?.();
  ends[0]?.();
  expect(attempts.begin("a")).not.toBeNull();
  expect(attempts.begin("a")).toBeNull();
  let address = 0;
  let open = attemptLimits.perAddress;
  while (attempts.begin(`b${address % 50}`) !== null) {
    address += 1;
    open += 1;
  }
  expect(open).toBe(attemptLimits.total);
});
