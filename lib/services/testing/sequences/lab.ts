import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { newId } from "@/lib/db/id";
import { tempDir } from "@/lib/db/testing/temp-db";
import type { SupervisedHost } from "@/lib/hypervisor/host";
import { linkOf } from "@/lib/hypervisor/link";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { deleteVolume } from "@/lib/hypervisor/volumes";
import { isAppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { createTaskRunner, type TaskRunner } from "@/lib/tasks/task-runner";
import type { Context } from "../../context";
import { makeRealWorld } from "../real-world";
import { silentLog } from "../silent-log";
import { addProject } from "../world";
import { expectInvariants } from "./invariants";
import { type Move, play } from "./verbs";

/** Sequences at the same time: the others play on while one waits for libvirt. */
const LANES = 4;

/** How often each verb was done and how often it was refused. */
export type Tally = Map<string, { done: number; refused: number }>;

/** One database, one host and one runner, on which many short sequences are played. */
export class SequenceLab {
  readonly tally: Tally = new Map();

  private constructor(
    private readonly host: SupervisedHost,
    private readonly ctx: Context,
    private readonly runner: TaskRunner,
  ) {}

  /** Inside a test: the database and the runner end with it. */
  static async start(host: SupervisedHost): Promise<SequenceLab> {
    const { db, hosts, admin } = await makeRealWorld(host);
    // Nothing here has to outlive the machine.
    await db.$queryRawUnsafe("PRAGMA synchronous = OFF");
    const uploadsDir = join(await tempDir(), "uploads");
    await mkdir(uploadsDir);
    const quick = { tasksPerHost: 16, unknownDelayMs: 50 };
    const runner = createTaskRunner({ db, hosts, log: silentLog, uploadsDir, ...quick });
    return new SequenceLab(host, admin, runner);
  }

  stop(): Promise<void> {
    return this.runner.stop(0);
  }

  /**
   * Plays so many sequences, several at a time, beginning with those of `always`. Rejects with the
   * one that failed, and its seed.
   */
  async playAll(
    of: fc.Arbitrary<Move[]>,
    { seed, numRuns, always }: { seed: number; numRuns: number; always: Move[][] },
  ): Promise<void> {
    const property = fc.asyncProperty(of, (moves) => this.play(moves));
    const one = { numRuns: Math.ceil(numRuns / LANES), endOnFailure: true };
    const lanes = Array.from({ length: LANES }, (_none, lane) =>
      fc.assert(property, {
        ...one,
        seed: seed + lane,
        examples: always.filter((_moves, at) => at % LANES === lane).map((moves) => [moves]),
      }),
    );
    // All of them end before anything is taken down.
    const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  /** Plays a sequence in a project of its own, looks at everything, and takes it all away. */
  async play(moves: readonly Move[]): Promise<void> {
    const projectId = await addProject(this.ctx.db, newId());
    try {
      const taskIds: string[] = [];
      for (const move of moves) {
        const taskId = await this.move(projectId, move);
        if (taskId !== null) taskIds.push(taskId);
        if (move.wait) await this.rest(projectId);
      }
      await this.rest(projectId);
      await expectInvariants(this.ctx, this.host, projectId, taskIds);
    } finally {
      await this.rest(projectId);
      await eventually("the end of its VMs", () => this.clear(projectId));
    }
  }

  /** Until the project's tasks have ended; one whose call's outcome is unknown is looked at anew. */
  private async rest(projectId: string): Promise<void> {
    const open = { projectId, state: { notIn: [...endedTaskStates] } };
    await eventually("the end of the tasks", async () => {
      await this.runner.idle();
      // On a machine that is held up a daemon may seem to be gone for a while.
      expect(this.host.connection).toBe("connected");
      expect(await this.ctx.db.task.count({ where: open })).toBe(0);
    });
  }

  /** A refusal is an answer; any other error is a fault. Returns the task that came of it. */
  private async move(projectId: string, move: Move): Promise<string | null> {
    const counts = this.tally.get(move.verb) ?? { done: 0, refused: 0 };
    this.tally.set(move.verb, counts);
    try {
      const answer = await play(this.ctx, projectId, move);
      if (answer === null) return null;
      counts.done += 1;
      const given = typeof answer === "object" && answer !== null && "taskId" in answer;
      return given ? String(answer.taskId) : null;
    } catch (error) {
      if (!isAppError(error)) throw error;
      counts.refused += 1;
      return null;
    }
  }

  private async clear(projectId: string): Promise<void> {
    const { db } = this.ctx;
    for (const live of this.host.inventory.list()) {
      if (live.projectId !== projectId) continue;
      await forceOffVm(this.host, live.uuid).catch(() => undefined);
      await undefineVm(this.host, live.uuid);
    }
    const disks = await db.disk.findMany({ where: { projectId } });
    for (const { pool, volume } of disks) await deleteVolume(this.host, pool, volume);
    await db.task.deleteMany({ where: { projectId } });
    await db.disk.deleteMany({ where: { projectId } });
    await db.vm.deleteMany({ where: { projectId } });
  }
}

/**
 * Lets a host of libvirt's test driver take definitions for QEMU: it knows one type of domain,
 * its own, and nothing else of a definition has to differ.
 */
export function takesTestDomains(host: SupervisedHost): void {
  const link = linkOf(host);
  const call = link.call.bind(link);
  link.call = (name, args, options) =>
    call(
      name,
      "xml" in args && typeof args.xml === "string" && name === "domainDefineXmlFlags"
        ? { ...args, xml: args.xml.replace('<domain type="qemu"', '<domain type="test"') }
        : args,
      options,
    );
}
