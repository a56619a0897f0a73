import type { Visitor } from "./visitor";

/** Whether there is no administrator yet. */
export async function needsSetup(visitor: Pick<Visitor, "db">): Promise<boolean> {
  return (await visitor.db.user.count({ where: { isAdmin: true } })) === 0;
}
