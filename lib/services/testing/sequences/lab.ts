import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { newId } from "@/lib/db/id";
import { tempDir } from "@/lib/db/testing/temp-db";
import { thawFilesystems } from "@/lib/hypervisor/guest/thaw-filesystems";
import type { SupervisedHost } from "@/lib/hypervisor/host";
import { BACKUPS_POOL, DISKS_POOL, IMAGES_POOL } from "@/lib/hypervisor/inventory/pools";
import { createVolume, deleteVolume, listVolumes } from "@/lib/hypervisor/volumes";
import { type AppError, isAppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { createTaskRunner, type TaskRunner } from "@/lib/tasks/task-runner";
import { makeRealWorld } from "../real-world";
import { silentLog } from "../silent-log";
import { addImage, addProject } from "../world";
import { clear } from "./clear";
import { expectInvariants } from "./invariants";
import type { Scene } from "./move";
import { image, imageBytes, removeNetwork, secondNetwork } from "./shared";
import { Tally } from "./tally";
import { sweep } from "./time";
import { type Move, play } from "./verbs";

/** What every sequence has for itself. */
type OwnOfScene = Pick<Scene, "projects" | "released" | "definitions" | "time" | "uploads">;

/** Sequences at the same time: the others play on while one waits for libvirt. */
const LANES = 4;

/** One database, one host and one runner, on which many short sequences are played. */
export class SequenceLab {
  readonly tally = new Tally();

  private constructor(
    private readonly place: Omit<Scene, keyof OwnOfScene>,
    private readonly runner: TaskRunner,
  ) {}

  /** Inside a test: the database and the runner end with it. */
  static async start(host: SupervisedHost, hasFiles: boolean): Promise<SequenceLab> {
    const { db, hosts, admin: ctx } = await makeRealWorld(host);
    // Nothing here has to outlive the machine.
    await db.$queryRawUnsafe("PRAGMA synchronous = OFF");
    const uploadsDir = join(await tempDir(), "uploads");
    await mkdir(uploadsDir);
    const quick = { tasksPerHost: 16, unknownDelayMs: 50 };
    const runner = createTaskRunner({ db, hosts, log: silentLog, uploadsDir, ...quick });
    const network = await secondNetwork(host);
    await createVolume(host, { ...image, format: "raw", capacityBytes: imageBytes });
    const isFrozen = async (uuid: string) =>
      host.inventory.get(uuid)?.agentConnected === true && (await thawFilesystems(host, uuid)) > 0;
    return new SequenceLab({ ctx, host, hasFiles, uploadsDir, network, isFrozen }, runner);
  }

  /** Takes away what all of them shared; throws when they have left anything else behind. */
  async stop(): Promise<void> {
    await this.runner.stop(0);
    const { host, network } = this.place;
    await deleteVolume(host, image.pool, image.name);
    await removeNetwork(host, network);
    for (const pool of [DISKS_POOL, BACKUPS_POOL, IMAGES_POOL]) {
      expect(await listVolumes(host, pool), pool).toEqual([]);
    }
    expect(await readdir(this.place.uploadsDir), "files of machines").toEqual([]);
  }

  /**
   * Plays so many sequences, several at a time, beginning with those of `always`. Rejects with
   * those that failed, and their seeds.
   */
  async playAll(
    of: fc.Arbitrary<Move[]>,
    { seed, numRuns, always }: { seed: number; numRuns: number; always: Move[][] },
  ): Promise<void> {
    const property = fc.asyncProperty(of, (moves) => this.play(moves));
    const one = {
      numRuns: Math.ceil(numRuns / LANES),
      endOnFailure: true,
      includeErrorInReport: true,
    };
    const lanes = Array.from({ length: LANES }, (_none, lane) =>
      fc.assert(property, {
        ...one,
        seed: seed + lane,
        examples: always.filter((_moves, at) => at % LANES === lane).map((moves) => [moves]),
      }),
    );
    // All of them end before anything is taken down.
    const ends = await Promise.allSettled(lanes);
    const failed = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
    if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join("\n\n"));
  }

  /** Plays a sequence in projects of its own, looks at everything, and takes it all away. */
  async play(moves: readonly Move[]): Promise<void> {
    const scene = await this.scene();
    try {
      const taskIds: string[] = [];
      for (const move of moves) {
        const taskId = await this.move(scene, move);
        if (taskId !== null) taskIds.push(taskId);
        if (move.wait) await this.rest(scene);
      }
      await this.rest(scene);
      // What is due is begun, and what comes of that in its turn.
      for (const _of of ["due", "surplus"]) {
        await sweep(scene);
        await this.rest(scene);
      }
      await this.tally.addTasks(scene);
      await expectInvariants(scene, taskIds);
    } catch (cause) {
      throw new Error(`${cause}\nTasks that failed: ${await failedTasks(scene)}`, { cause });
    } finally {
      await this.rest(scene);
      await eventually("the end of its VMs", () => clear(scene));
    }
  }

  private async scene(): Promise<Scene> {
    const { db } = this.place.ctx;
    const projects = [await addProject(db, newId()), await addProject(db, newId())] as const;
    for (const project of projects) {
      const { pool, name: volume } = image;
      await addImage({ db, project }, { pool, volume, sizeBytes: BigInt(imageBytes) });
    }
    const time = { aheadMs: 0 };
    const ctx = { ...this.place.ctx, clock: () => new Date(Date.now() + time.aheadMs) };
    const own = { projects, released: new Set<string>(), definitions: new Map<string, string>() };
    return { ...this.place, ctx, ...own, time, uploads: new Set() };
  }

  /** Until the scene's tasks have ended; one whose call's outcome is unknown is looked at anew. */
  private async rest({ ctx, host, projects }: Scene): Promise<void> {
    const state = { notIn: [...endedTaskStates] };
    const where = { projectId: { in: [...projects] }, state };
    await eventually("the end of the tasks", async () => {
      await this.runner.idle();
      // On a machine that is held up a daemon may seem to be gone for a while.
      expect(host.connection).toBe("connected");
      expect(await ctx.db.task.count({ where })).toBe(0);
    });
  }

  /** A refusal is an answer; any other error is a fault. Returns the task that came of it. */
  private async move(scene: Scene, move: Move): Promise<string | null> {
    const answer = await eventually(`a turn for ${move.verb}`, async () => {
      try {
        return { of: await play(scene, move) };
      } catch (error) {
        // The host is busy with what the other lanes do.
        if (!isAppError(error) || (move.wait && isHostBusy(error))) throw error;
        return { refusal: error.userMessage.key };
      }
    });
    this.tally.add(move.verb, answer);
    const { of } = answer;
    const given = typeof of === "object" && of !== null && "taskId" in of ? of.taskId : null;
    return given === null ? null : String(given);
  }
}

function isHostBusy({ userMessage }: AppError): boolean {
  return userMessage.key === "volume.host_busy";
}

/** Each with its reason: mostly it says why rows and libvirt differ. */
async function failedTasks({ ctx, projects }: Scene): Promise<string> {
  const where = { projectId: { in: [...projects] }, error: { not: null } };
  const tasks = await ctx.db.task.findMany({ where });
  return tasks.map(({ kind, error }) => `${kind} ${error}`).join(", ") || "none";
}
