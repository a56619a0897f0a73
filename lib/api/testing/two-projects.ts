import { populate } from "@/lib/services/testing/populate";
import { addPerson, everything } from "@/lib/services/testing/world";
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

/** Two populated projects of one portal. */
export async function twoProjects(): Promise<TwoProjects> {
  const here = await makeApiWorld();
  const { world } = here;
  const { db, outsider, otherProject: project } = world;
  const viewer = await addPerson(db, world.hosts, "viewer there", { [project]: "viewer" });
  const other = { ...world, project, viewer, owner: outsider, outsider: world.owner };
  const there = { ...here, world: other, ids: await populate({ ...other, member: outsider }) };
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
