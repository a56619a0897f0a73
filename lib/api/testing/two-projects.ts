import { kept } from "@/lib/db/testing/kept";
import { addPopulation } from "@/lib/services/testing/populate";
import { addPerson, beginningOf, everything } from "@/lib/services/testing/world";
import { type ApiWorld, makeApiWorld } from "./api-world";
import type { Role } from "./cases/case";

export const people: Role[] = ["viewer", "member", "owner", "auditor", "admin", "outsider"];

export interface TwoProjects {
  /** Seen from the first project: the outsider is the owner of the second. */
  here: ApiWorld;
  /** The same portal seen from the second one, which has the same kinds of things. */
  there: ApiWorld;
  /** A token of everybody, with all scopes. */
  tokens: Record<Role, string>;
  /** All that a call could move, to compare. */
  rows(): Promise<unknown>;
}

/** The rows of two populated projects, kept for many tests to begin with. */
const both = kept(async () => {
  const { world, ids } = await makeApiWorld();
  const { db, outsider, otherProject: project } = world;
  const viewer = await addPerson(db, world.hosts, "viewer there", { [project]: "viewer" });
  const other = { ...world, project, viewer, member: outsider, outsider: world.owner };
  const there = await addPopulation({ ...other, owner: outsider });
  const live = [...world.host.vms.values(), there.live];
  return {
    here: { beginning: await beginningOf(world), ids, live },
    there: { ids: there.ids, viewer: viewer.actor },
  };
});

/** Two populated projects of one portal. */
export async function twoProjects(): Promise<TwoProjects> {
  const made = await both();
  const here = await makeApiWorld(made.here);
  const { world } = here;
  const { db, outsider, otherProject: project } = world;
  const viewer = { ...world.viewer, actor: structuredClone(made.there.viewer) };
  const other = { ...world, project, viewer, owner: outsider, outsider: world.owner };
  const there = { ...here, world: other, ids: made.there.ids };
  const minted = await Promise.all(
    people.map(async (role) => [role, await here.tokenOf(world[role])] as const),
  );
  return {
    here,
    there,
    tokens: Object.fromEntries(minted) as Record<Role, string>,
    rows: async () => ({
      ...((await everything(db)) as object),
      users: await db.user.findMany({ orderBy: { id: "asc" } }),
      // When a token was last used is written for every call.
      tokens: await db.apiToken.findMany({
        select: { id: true, scopes: true, expiresAt: true, revokedAt: true },
        orderBy: { id: "asc" },
      }),
      resets: await db.passwordReset.count(),
    }),
  };
}
