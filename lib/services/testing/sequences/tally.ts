import type { Scene } from "./move";
import type { Verb } from "./verbs";

/** What became of the moves: how often each verb was done, and of what reasons it was refused. */
export class Tally {
  private readonly verbs = new Map<string, Map<string, number>>();

  /** A verb was done, refused, or there was nothing to do it on. */
  add(verb: Verb, answer: { of?: unknown; refusal?: string }): void {
    if (answer.refusal !== undefined) this.count(verb, answer.refusal);
    else if (answer.of !== null) this.count(verb, "done");
  }

  /** The same of a scene's tasks, by their kinds. */
  async addTasks({ ctx, projects }: Scene): Promise<void> {
    const where = { projectId: { in: [...projects] } };
    for (const { kind, state, error } of await ctx.db.task.findMany({ where })) {
      this.count(kind, error === null ? state : JSON.parse(error).key);
    }
  }

  /** How often a verb or a kind of task was done. */
  done(what: string): number {
    return this.verbs.get(what)?.get("done") ?? 0;
  }

  toString(): string {
    return [...this.verbs]
      .map(([verb, by]) => `${verb}: ${[...by].map(([why, n]) => `${why} ${n}`).join(", ")}`)
      .sort()
      .join("\n");
  }

  private count(what: string, why: string): void {
    const by = this.verbs.get(what) ?? new Map<string, number>();
    this.verbs.set(what, by.set(why, (by.get(why) ?? 0) + 1));
  }
}
