import { afterEach, expect, test } from "vitest";
import { newId } from "@/lib/db/id";
import type { Hosts } from "@/lib/hypervisor/types";
import { addPerson } from "@/lib/services/testing/world";
import { deleteUser } from "@/lib/services/user/delete-user";
import { setUserDisabled } from "@/lib/services/user/set-user-disabled";
import { signOutUser } from "@/lib/services/user/sign-out-user";
import { cleanUp } from "@/lib/websockify/testing/proxy";
import { openConsole, tryConsole } from "./testing/console-client";
import { consoleWorld } from "./testing/console-world";
import { withoutComparisons } from "./testing/without-comparisons";

afterEach(cleanUp);

type Scene = Awaited<ReturnType<typeof scene>>;

async function scene() {
  const world = await consoleWorld();
  const projectId = await world.project();
  const person = await world.person(projectId);
  const guest = await world.guest(projectId);
  // Accounts have nothing to do with hosts.
  const admin = await addPerson(
    world.db,
    undefined as unknown as Hosts,
    newId(),
    {},
    { isAdmin: true },
  );
  return { world, person, guest, admin };
}

const ways: [string, (scene: Scene) => Promise<void>][] = [
  [
    "disabled",
    ({ admin, person }) => setUserDisabled(admin, { userId: person.actor.userId, disabled: true }),
  ],
  [
    "signed out everywhere",
    ({ admin, person }) => signOutUser(admin, { userId: person.actor.userId }),
  ],
  [
    "deleted",
    ({ admin, person }) =>
      deleteUser(admin, {
        userId: person.actor.userId,
        confirmEmail: person.actor.email,
        owners: [],
      }),
  ],
];

test.each(ways)(
  "a user who is %s loses an open console at once, and gets no other",
  async (_, end) => {
    const given = await scene();
    const { world, person, guest } = given;
    const ticket = await world.ticket(person, guest);
    const next = await world.ticket(person, guest);
    // Nothing but the announcement can end it.
    withoutComparisons();
    const { closed } = await openConsole(world, { person, ticket });
    await end(given);
    expect(await closed).toEqual({ code: 4003, reason: "closed.access_ended" });
    const answer = await tryConsole(world, { person, ticket: next });
    expect([401, 403]).toContain(answer.status);
    expect(world.sessions.count()).toBe(0);
  },
);
