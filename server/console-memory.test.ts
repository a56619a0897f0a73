import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { cleanUp } from "@/lib/websockify/testing/proxy";
import { until } from "@/lib/websockify/testing/until";
import { openConsole, rfbHello } from "./testing/console-client";
import { consoleWorld } from "./testing/console-world";

afterEach(cleanUp);

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

test("an open console lets go of who asked for it, and of what it was asked with", async () => {
  const world = await consoleWorld();
  const projectId = await world.project();
  const person = await world.person(projectId);
  const guest = await world.guest(projectId);
  const seen: WeakRef<object>[] = [];
  const { actorOf } = world.deps;
  world.deps.actorOf = async (facts) => {
    const actor = await actorOf(facts);
    for (const each of [facts, actor]) if (each !== null) seen.push(new WeakRef(each));
    return actor;
  };
  const { client } = await openConsole(world, {
    person,
    ticket: await world.ticket(person, guest),
  });
  client.send(rfbHello);
  await until(() => Buffer.concat(guest.received).length === rfbHello.length);
  // Asked at the door, and once more before the answer.
  expect(seen.length).toBe(4);
  await until(() => {
    collect();
    return seen.every((each) => each.deref() === undefined);
  }, 15_000);
  expect(world.sessions.count()).toBe(1);
});
