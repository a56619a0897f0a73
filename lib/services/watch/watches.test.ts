import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { Prisma } from "@/lib/db/generated/client";
import { listOf } from "@/lib/webhook/address-rules";
import { type BusMessage, onBus } from "../live/bus";
import { liveVm } from "../testing/live-vm";
import { addWatchRow } from "../testing/screen-rows";
import { silentLog } from "../testing/silent-log";
import { addVm, makeWorld } from "../testing/world";
import { deliverHooks } from "./deliver-hooks";
import { runWatches } from "./run-watches";
import { Screens } from "./screens";
import type { WatchDeps } from "./watch-deps";

/** A VM whose screen is what the test says: pictures without letters, named by a word. */
async function watched(data: Partial<Prisma.ScreenWatchUncheckedCreateInput>) {
  const world = await makeWorld();
  const vm = await addVm(world);
  world.host.set(liveVm(vm));
  const clock = { now: new Date("2030-01-01T00:00:00Z") };
  const deps: WatchDeps = {
    db: world.db,
    hosts: world.hosts,
    log: silentLog,
    clock: () => clock.now,
    hookNetworks: listOf(["127.0.0.0/8"]),
    secret: "installation",
    origin: "https://cloud.example.org",
  };
  const screen = { shown: "a", looks: 0, decoded: 0 };
  const screens = new Screens(async () => {
    screen.looks += 1;
    return {
      digest: createHash("sha256").update(screen.shown).digest("base64url"),
      picture: async () => {
        screen.decoded += 1;
        return null;
      },
    };
  });
  const row = await addWatchRow(world, vm, {
    texts: "[]",
    bootId: "boot-1",
    createdById: world.member.actor.userId,
    expiresAt: new Date("2030-01-02T00:00:00Z"),
    ...data,
  });
  const told: BusMessage[] = [];
  onTestFinished(onBus((message) => message.type === "watch" && told.push(message)));
  const look = async (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000);
    await runWatches(deps, screens);
  };
  const now = () => world.db.screenWatch.findUniqueOrThrow({ where: { id: row.id } });
  return { world, vm, deps, screen, screens, told, look, now, clock, row };
}

it("a screen that stands still is told once, with a row of the audit log", async () => {
  const { world, screen, told, look, now, row } = await watched({ stillSeconds: 30 });
  await look(2);
  screen.shown = "b";
  await look(2);
  for (const _ of Array.from({ length: 14 })) await look(2);
  expect(told).toEqual([]);
  await look(2);
  const { userId } = world.member.actor;
  expect(told).toEqual([{ type: "watch", projectId: world.project, userId, watchId: row.id }]);
  expect(await now()).toMatchObject({ fires: 1, ended: "fired", firedText: null });
  const [event] = await world.db.auditEvent.findMany({ where: { action: "vm.watch_fired" } });
  expect(event).toMatchObject({ actorName: "screen watch", targetType: "vm", outcome: "ok" });
  // Each picture was unpacked once, and nothing is looked at any more.
  expect(screen.decoded).toBe(2);
  const { looks } = screen;
  await look(600);
  expect([screen.looks, told.length]).toEqual([looks, 1]);
});

it("one that goes on fires anew only after the screen has changed", async () => {
  const { screen, told, look, now } = await watched({ stillSeconds: 10, again: true });
  for (const _ of Array.from({ length: 20 })) await look(2);
  expect(told).toHaveLength(1);
  screen.shown = "b";
  for (const _ of Array.from({ length: 6 })) await look(2);
  expect(told).toHaveLength(2);
  expect(await now()).toMatchObject({ fires: 2, ended: null, armed: false });
});

it("the guest's end is told, also one that nobody saw, and not that its memory was saved", async () => {
  const { world, vm, told, look, now, screen } = await watched({ kind: "off", again: true });
  await look(2);
  world.host.set(liveVm(vm, { state: "saved", bootId: null }));
  await look(2);
  expect(told).toHaveLength(0);
  world.host.set(liveVm(vm, { bootId: "boot-2" }));
  await look(2);
  expect(told).toHaveLength(1);
  world.host.set(liveVm(vm, { state: "off", bootId: null }));
  await look(2);
  expect(told).toHaveLength(2);
  world.host.set(liveVm(vm, { bootId: "boot-3" }));
  await look(2);
  expect([told.length, (await now()).bootId, screen.looks]).toEqual([2, "boot-3", 0]);
});

it("ends with its time, and with the right of whoever made it", async () => {
  const late = await watched({ stillSeconds: 5 });
  await late.look(86_400);
  expect([(await late.now()).ended, late.screen.looks]).toEqual(["expired", 0]);
  const lost = await watched({ stillSeconds: 5 });
  const { userId } = lost.world.member.actor;
  await lost.world.db.membership.updateMany({ where: { userId }, data: { role: "viewer" } });
  await lost.look(2);
  expect([(await lost.now()).ended, lost.screen.looks]).toEqual(["forbidden", 0]);
});

it("nothing is looked at while the guest is off or its host is away", async () => {
  const { world, vm, look, screen } = await watched({ stillSeconds: 5 });
  world.host.set(liveVm(vm, { state: "off", bootId: null }));
  await look(2);
  world.host.set(liveVm(vm));
  world.host.connection = "unreachable";
  await look(2);
  expect(screen.looks).toBe(0);
});

it("two portals fire it once", async () => {
  const { deps, look, told, screens } = await watched({ stillSeconds: 5 });
  for (const _ of [1, 2]) await look(2);
  deps.clock = () => new Date("2030-01-01T00:01:00Z");
  await Promise.all([runWatches(deps, screens), runWatches(deps, screens)]);
  expect(told).toHaveLength(1);
});

it("a webhook is called until it answers, four times at most, each with one name", async () => {
  const got: string[] = [];
  let status = 500;
  const server = http.createServer((req, res) => {
    req.setEncoding("utf8").on("data", (body: string) => got.push(body));
    req.on("end", () => res.writeHead(status).end());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const hookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const { deps, look, now, clock, row, vm } = await watched({ stillSeconds: 5, hookUrl });
  for (const _ of Array.from({ length: 4 })) await look(2);
  await deliverHooks(deps);
  await deliverHooks(deps);
  expect(got).toHaveLength(1);
  expect(JSON.parse(got[0] ?? "")).toMatchObject({
    event: "vm.watch_fired",
    id: `${row.id}-1`,
    vm: { id: vm.id, name: vm.name },
    text: null,
  });
  expect(await now()).toMatchObject({ hookState: "waiting", hookAnswer: "HTTP 500", hookTries: 1 });
  for (const seconds of [10, 60, 300, 3_600]) {
    clock.now = new Date(clock.now.getTime() + seconds * 1000);
    await deliverHooks(deps);
  }
  expect(got).toEqual(Array.from({ length: 4 }, () => got[0]));
  expect(await now()).toMatchObject({ hookState: "failed", hookTries: 4 });
  status = 204;
  const again = { hookState: "waiting", hookTries: 0, hookNextAt: clock.now };
  await deps.db.screenWatch.update({ where: { id: row.id }, data: again });
  await deliverHooks(deps);
  expect(await now()).toMatchObject({ hookState: "delivered", hookAnswer: "HTTP 204" });
});
